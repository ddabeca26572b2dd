import { FrameworkError } from '@mcpplugins/framework-core';
import type { RemoteError } from '@mcpplugins/framework-core/wire';

/** A plugin failed at its server. */
export function remotePluginError(plugin: string, hook: string, error: RemoteError): FrameworkError {
  const code = error.code === '' ? '' : ` (${error.code})`;
  return new FrameworkError(
    'REMOTE_PLUGIN_ERROR',
    `plugin "${plugin}" failed at its server${code}: ${error.message}`,
    { plugin, hook },
  );
}

/** A plugin answered in place of the target through a server that has not said that it may. */
export function respondUnsupported(plugin: string, hook: string): FrameworkError {
  return new FrameworkError(
    'RESPOND_UNSUPPORTED',
    `the server of plugin "${plugin}" answered in place of the target without having advertised that`,
    { plugin, hook },
  );
}
