import {
  type HookHandlers,
  type Logger,
  PluginManager,
  type PluginClass,
  definePlugin,
  silentLogger,
} from '@mcpplugins/framework-core';
import { createMemoryTransports } from '@mcpplugins/mcp-transport';
import { gatewayHooks, stdioIdentityFields } from '../../src/hook-points/hook-points.js';
import { Relay, type RelayOptions } from '../../src/relay/relay.js';
import { Peer } from './peer.js';

/** A manager with plugins that are given as handlers, in the order of the list. */
export async function startManager(...plugins: readonly HookHandlers[]): Promise<PluginManager> {
  return PluginManager.start({
    fires: gatewayHooks,
    supplies: stdioIdentityFields,
    plugins: plugins.map((hooks, index) => {
      const name = `plugin-${index + 1}`;
      const pluginClass: PluginClass = definePlugin({ name, hooks: () => hooks });
      return { config: { name, kind: 'test', hooks: Object.keys(hooks) }, load: () => pluginClass };
    }),
  });
}

interface StartedRelay {
  readonly client: Peer;
  readonly server: Peer;
  readonly relay: Relay;
  readonly manager: PluginManager;
  readonly logged: string[];
}

/** A relay between two ends that the test holds. */
export async function startRelay(...plugins: readonly HookHandlers[]): Promise<StartedRelay> {
  return startRelayWith({}, ...plugins);
}

/** The same, with options of the relay. */
export async function startRelayWith(
  options: Partial<RelayOptions>,
  ...plugins: readonly HookHandlers[]
): Promise<StartedRelay> {
  const [clientEnd, relayToClient] = createMemoryTransports();
  const [serverEnd, relayToServer] = createMemoryTransports();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const logger: Logger = { ...silentLogger, info: log, warn: log, error: log };
  const manager = await startManager(...plugins);
  const relay = new Relay({
    client: relayToClient,
    upstream: relayToServer,
    manager,
    serverName: 'test-server',
    logger,
    ...options,
  });
  const client = new Peer(clientEnd);
  const server = new Peer(serverEnd);
  await Promise.all([clientEnd, relayToClient, serverEnd, relayToServer].map((end) => end.start()));
  return { client, server, relay, manager, logged };
}
