import {
  type AnyHookContract,
  type Logger,
  type PluginClass,
  type PluginConfig,
  silentLogger,
} from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import type { PluginDescription } from '@mcpplugins/framework-core/wire';
import { connectionDefaults, type ConnectionOptions } from '../connection/connection-options.js';
import { ConnectionPool } from '../connection/connection-pool.js';
import { externalError } from '../errors/peer-error.js';
import { parseServerSpec, type ServerSpec, type SpecContext } from '../spec/server-spec.js';
import { createExternalPlugin, pluginKey } from './external-plugin.js';
import { PluginDirectory } from './plugin-directory.js';

/** What `externalKind` takes; every field has a default. */
export interface ExternalKindOptions extends Partial<ConnectionOptions> {
  /** Hooks of this host. Default: the built-in ones. Hooks of a server that are not among them are left out. */
  readonly contracts?: readonly AnyHookContract[];
}

/** Makes the class of a plugin with `kind: external`, as config-loader's `kinds` wants it. */
export type ExternalKindFactory = (config: PluginConfig, context: SpecContext) => Promise<PluginClass>;

/**
 * The factory of `kind: external`: reaches the plugin server of a configuration, asks what its plugin is, and makes the
 * class that stands for it. Plugins on the same server share its connection.
 *
 * @example
 * const config = await loadConfig('plugins.yaml', { kinds: new Map([['external', externalKind()]]) });
 */
export function externalKind({
  contracts = builtInContracts,
  ...given
}: ExternalKindOptions = {}): ExternalKindFactory {
  const hooks = contracts.map(({ name }) => name);
  const options = { logger: silentLogger, ...connectionDefaults, ...given, hooks };
  const pool = new ConnectionPool(options);
  // One class for the same plugin at the same server, so that a reload keeps it running.
  const classes = new Map<string, PluginClass>();
  return async (config, context) => {
    const spec = parseServerSpec(config.name, config.mcp, context);
    const healthWarnings = warningsOf(spec);
    for (const warning of healthWarnings) options.logger.warn(`plugin "${config.name}": ${warning}`);
    const directory = new PluginDirectory({ plugin: config.name, peer: spec.peer, hooks: config.hooks });
    const description = await ask(pool, spec, directory, options.startTimeoutMs);
    const key = pluginKey(config, spec, description);
    const known = classes.get(key);
    if (known !== undefined) return known;
    const pluginClass = createExternalPlugin({
      spec,
      pool,
      description,
      healthWarnings,
      contracts: contractsOf(config, description, { contracts, logger: options.logger }),
      caller: {
        plugin: config.name,
        directory,
        limits: {
          maxCharacters: spec.maxResponseBytes ?? options.maxResponseBytes,
          maxDepth: options.maxDepth,
        },
      },
    });
    classes.set(key, pluginClass);
    return pluginClass;
  };
}

async function ask(
  pool: ConnectionPool,
  spec: ServerSpec,
  directory: PluginDirectory,
  startTimeoutMs: number,
): Promise<PluginDescription> {
  const lease = pool.acquire(spec);
  let isFound = false;
  try {
    const description = await lease.connection.run(undefined, (session) =>
      directory.describe(session, AbortSignal.timeout(startTimeoutMs)),
    );
    isFound = true;
    return description;
  } finally {
    // The plugin that is made of the answer wants the connection in a moment.
    await lease.release({ lingering: isFound });
  }
}

function contractsOf(
  { name, hooks }: PluginConfig,
  description: PluginDescription,
  { contracts, logger }: { readonly contracts: readonly AnyHookContract[]; readonly logger: Logger },
): readonly AnyHookContract[] {
  const offered = hooks ?? description.hooks ?? [];
  const known = contracts.filter((contract) => offered.includes(contract.name));
  const unknown = offered.filter((hook) => !known.some((contract) => contract.name === hook));
  if (unknown.length > 0) {
    logger.warn(`plugin "${name}" also runs on hooks that this host does not have: ${unknown.join(', ')}`);
  }
  if (known.length === 0) {
    throw externalError(
      'PEER_HOOK_MISSING',
      `plugin "${name}" runs on no hook of this host; its server says: ${offered.join(', ') || 'none'}`,
    );
  }
  return known;
}

/** Checks that the configuration switches off. */
function warningsOf(spec: ServerSpec): readonly string[] {
  if (spec.proto === 'STDIO' || spec.tls === undefined || spec.tls.checksHostname) return [];
  const what = spec.tls.rejectUnauthorized ? 'host name' : 'certificate';
  return [`the ${what} of plugin server ${spec.peer} is not checked`];
}
