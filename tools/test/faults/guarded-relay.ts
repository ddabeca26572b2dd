import {
  type PluginConfigInput,
  PluginManager,
  type PluginClass,
  silentLogger,
} from '@mcpplugins/framework-core';
import { gatewayHooks, Relay, stdioIdentityFields } from '@mcpplugins/gateway';
import { createMemoryTransports, type JsonRpcMessage } from '@mcpplugins/mcp-transport';
import { onTestFinished } from 'vitest';

/** A plugin and how it is configured. */
export interface Guard {
  readonly plugin: PluginClass;
  readonly config?: PluginConfigInput['config'];
}

/** A session through the gateway whose two ends the test holds. */
export interface GuardedRelay {
  /** What the client gets for a request that the server answers so. */
  readonly ask: (method: string, params: object, answer: object) => Promise<JsonRpcMessage>;
  /** What the client gets of a message of the server; undefined: nothing. */
  readonly receive: (message: object) => Promise<JsonRpcMessage | undefined>;
  /** What the server got, in order. */
  readonly atServer: readonly JsonRpcMessage[];
}

/** Opens a session with first-party filters. */
export async function guardedRelay(...guards: readonly Guard[]): Promise<GuardedRelay> {
  const manager = await PluginManager.start({
    fires: gatewayHooks,
    supplies: stdioIdentityFields,
    plugins: guards.map(({ plugin, config }, index) => ({
      config: { name: `guard-${index}`, kind: 'test', ...(config && { config }) },
      load: () => plugin,
    })),
  });
  const [client, toClient] = createMemoryTransports();
  const [server, toServer] = createMemoryTransports();
  const relay = new Relay({
    client: toClient,
    upstream: toServer,
    manager,
    serverName: 'test-server',
    logger: silentLogger,
  });
  onTestFinished(async () => {
    relay.close();
    await manager.shutdown();
  });
  const atServer: JsonRpcMessage[] = [];
  const atClient: JsonRpcMessage[] = [];
  server.onraw = ({ message }) => atServer.push(message);
  const keep = ({ message }: { readonly message: JsonRpcMessage }): void => void atClient.push(message);
  client.onraw = keep;
  await Promise.all([client, toClient, server, toServer].map((end) => end.start()));
  /** Lets everything under way arrive; filters take no longer. */
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  let id = 0;
  return {
    atServer,
    async ask(method, params, answer) {
      id++;
      client.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      await settled();
      const answered = new Promise<JsonRpcMessage>((resolve) => {
        client.onraw = ({ message }) => {
          client.onraw = keep;
          resolve(message);
        };
      });
      server.sendText(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
      return answered;
    },
    async receive(message) {
      const before = atClient.length;
      server.sendText(JSON.stringify({ jsonrpc: '2.0', ...message }));
      await settled();
      return atClient.length > before ? atClient.pop() : undefined;
    },
  };
}
