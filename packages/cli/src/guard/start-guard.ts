import { compilePattern, type LoadedConfig } from '@mcpplugins/config-loader';
import {
  type HookName,
  type IdentityField,
  type Logger,
  type Observer,
  PluginManager,
  type PluginRegistration,
} from '@mcpplugins/framework-core';
import {
  gatewayHooks,
  httpGatewayHooks,
  httpIdentityFields,
  stdioIdentityFields,
} from '@mcpplugins/gateway/hooks';

/** What `startGuard` takes besides the configuration. */
export interface StartGuardOptions {
  /** Plugins to start; default: those of the configuration. */
  readonly plugins?: readonly PluginRegistration[];
  /**
   * Which host to start them for: `run` with or without a name of the server, which `server_ids` in conditions are
   * compared with; the gateway, which knows who is asking if it has `auth`, and does not if it is open; or any, which fires every hook and knows everything.
   */
  readonly host: GuardHost;
  readonly logger?: Logger;
  readonly observers?: readonly Observer[];
}

/** A host that plugins can be started for. */
export type GuardHost = 'run' | 'run_with_name' | 'gateway' | 'open_gateway' | 'any';

/** The host that `run` is, given the name of the server or none. */
export function hostOfRun(server: string | undefined): GuardHost {
  return server === undefined ? 'run' : 'run_with_name';
}

/**
 * Starts the plugins of a configuration as a host runs them.
 * @throws FrameworkError when a plugin that may block cannot be started
 */
export async function startGuard(config: LoadedConfig, options: StartGuardOptions): Promise<PluginManager> {
  const { host, plugins = config.plugins, logger, observers } = options;
  return PluginManager.start({
    plugins,
    settings: config.settings,
    fires: firedBy(host),
    supplies: suppliedBy(host),
    compilePattern,
    logger,
    observers,
  });
}

/** The hooks that a gateway calls: on HTTP there are more. */
export function gatewayHooksOf(host: GuardHost): readonly HookName[] {
  return host === 'gateway' || host === 'open_gateway' ? httpGatewayHooks : gatewayHooks;
}

function firedBy(host: GuardHost): readonly HookName[] | undefined {
  return host === 'any' ? undefined : gatewayHooksOf(host);
}

function suppliedBy(host: GuardHost): readonly IdentityField[] | undefined {
  switch (host) {
    case 'run':
      return stdioIdentityFields.filter((field) => field !== 'serverId');
    case 'run_with_name':
    case 'open_gateway':
      return stdioIdentityFields;
    case 'gateway':
      return httpIdentityFields;
    case 'any':
      return undefined;
  }
}
