import {
  type LoadConfigOptions,
  type LoadedConfig,
  type ReloadEvent,
  startConfigReloader,
} from '@mcpplugins/config-loader';
import { describeError, type Logger, type PluginManager } from '@mcpplugins/framework-core';
import type { Terminal } from '../terminal.js';

/** What `followConfig` takes. */
export interface FollowConfigOptions {
  /** What runs now. */
  readonly config: LoadedConfig;
  /** With what it was loaded. */
  readonly load: LoadConfigOptions;
  readonly manager: PluginManager;
  readonly logger: Logger;
  readonly terminal: Terminal;
  /**
   * Looks at the rest of a changed configuration before its plugins are in effect, and throws to keep the last one; what it returns
   * is called when they are.
   */
  readonly prepare?: (next: LoadedConfig) => Promise<() => Promise<void>>;
}

/** Takes over changes of the configuration while it runs: when a file of it changes, and on SIGHUP. */
export function followConfig(options: FollowConfigOptions): AsyncDisposable {
  const { config, load, manager, logger, terminal, prepare } = options;
  const reloader = startConfigReloader({
    current: config,
    load,
    apply: async (next) => {
      const takeOver = await prepare?.(next);
      await manager.reload(next);
      await takeOver?.();
    },
    watch: true,
    onEvent: (event) => logEvent(event, logger),
    onTrouble: (error) => logger.warn(`the configuration cannot be followed: ${describeError(error)}`),
  });
  const onHangup = () => void reloader.reload({ reason: 'signal' });
  terminal.events.on('SIGHUP', onHangup);
  return {
    async [Symbol.asyncDispose]() {
      terminal.events.off('SIGHUP', onHangup);
      await reloader.close();
    },
  };
}

function logEvent(event: ReloadEvent, logger: Logger): void {
  if (event.type === 'unchanged') {
    logger.info('the configuration is as before', { reason: event.reason });
    return;
  }
  if (event.type === 'applied') {
    const changed = event.changes.map(({ path }) => path).join(', ');
    logger.info('the changed configuration is in effect', { reason: event.reason, changed });
    return;
  }
  const { diagnostics, message } = event.failure;
  logger.error('the changed configuration cannot be used; the last good one stays in effect', {
    reason: event.reason,
    ...(diagnostics.length === 0 && { error: message }),
  });
  for (const { file, line, column, code, message: text } of diagnostics) {
    logger.error(`${file}:${line}:${column} ${text}`, { code });
  }
}
