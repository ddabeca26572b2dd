import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  configPathOfEnvironment,
  servePlugins,
  type ServerSettingsInput,
  settingsOfEnvironment,
  transportOfEnvironment,
} from '@mcpplugins/plugin-server-runtime';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { redirectConsole } from '../output/redirect-console.js';
import { watchErrors, watchSignals } from '../run/process-watch.js';
import { createStderrLogger, type LogLevel } from '../run/stderr-logger.js';
import type { Terminal } from '../terminal.js';

/** What `serve` takes. */
export interface ServeOptions {
  readonly config?: string | undefined;
  readonly transport?: 'stdio' | 'http' | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly uds?: string | undefined;
  readonly stateless?: boolean | undefined;
  readonly logLevel: LogLevel;
}

/**
 * Serves plugins until a signal comes or, on stdio, the client goes. The first signal lets calls under way finish.
 * @throws ConfigError, and FrameworkError as `servePlugins`
 */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const { env, stdin, stdout, stderr, events, cwd } = terminal;
  const logger = createStderrLogger(terminal, options.logLevel);
  const transport =
    options.transport ?? transportOfEnvironment(env, 'isTTY' in stdin && stdin.isTTY === true);
  using _console = redirectConsole(stderr);
  let exitCode: ExitCode = exitCodes.ok;
  let stop = () => {};
  using _errors = watchErrors({
    events,
    logger,
    onUncaught: () => {
      exitCode = exitCodes.failure;
      stop();
    },
  });
  const server = await servePlugins({
    config: path.resolve(cwd, configOf(options, terminal)),
    transport,
    settings: settingsOfEnvironment(env),
    overrides: overridesOf(options, cwd),
    env,
    logger,
    stdin,
    stdout,
    metrics: (env['ENABLE_METRICS'] ?? 'true').toLowerCase() === 'true',
  });
  stop = () => void server.close();
  let giveUp = () => {};
  const givenUp = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  using _signals = watchSignals(events, (isFirst) => {
    if (!isFirst) {
      exitCode = exitCodes.failure;
      giveUp();
      return;
    }
    logger.info('stopping: calls that are under way are still answered');
    void server.close();
  });
  const health = server.healthAddress === undefined ? '' : `, health checks on ${server.healthAddress}`;
  logger.info(`serving ${server.plugins.join(', ')} on ${server.address}${health}`);
  await Promise.race([server.closed, givenUp]);
  return exitCode;
}

function configOf({ config }: ServeOptions, terminal: Terminal): string {
  const fromEnvironment = configPathOfEnvironment(terminal.env);
  const isThere = existsSync(path.resolve(terminal.cwd, fromEnvironment));
  const isAsked = terminal.env['PLUGINS_CONFIG_PATH'] !== undefined;
  return findConfig(config ?? (isAsked || isThere ? fromEnvironment : undefined), terminal);
}

function overridesOf({ host, port, uds, stateless }: ServeOptions, cwd: string): ServerSettingsInput {
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(uds === undefined ? {} : { uds: path.resolve(cwd, uds) }),
    ...(stateless === true ? { stateless: true } : {}),
  };
}
