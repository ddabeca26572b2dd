import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { LoadConfigOptions } from '@mcpplugins/config-loader';
import type { Logger, PluginManager } from '@mcpplugins/framework-core';
import { FileTokenStore, type HookHost, serveStdio } from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { gatewaySections } from '../gateway/gateway-sections.js';
import type { LayerOptions } from '../guard/layers.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { hostOfRun, startGuard } from '../guard/start-guard.js';
import { askInBrowser } from '../login/ask-in-browser.js';
import { tokenFolder } from '../login/token-folder.js';
import { openRecorder, type Recorder } from '../record/recorder.js';
import type { Terminal } from '../terminal.js';
import { type DecisionLog, openDecisionLog } from './decision-log.js';
import { logNotice } from './log-notice.js';
import { followConfig } from './follow-config.js';
import { checkTarget, findTarget, type RunTarget, type RunTargetOptions } from './run-target.js';
import { watchErrors, watchSignals } from './process-watch.js';
import { createStderrLogger, type LogLevel } from './stderr-logger.js';

/** What `run` takes. */
export interface RunOptions extends LayerOptions, RunTargetOptions {
  readonly config: string;
  /** Name of the server, for `server_ids` in conditions and for the records. Default: that of `server`. */
  readonly name?: string | undefined;
  /** What a blocked tool call is answered with. */
  readonly blockedToolCalls?: 'result' | 'error' | undefined;
  /** File to which decisions are appended. */
  readonly decisions?: string | undefined;
  /** File to record every hook call to, with its payload. */
  readonly recording?: string | undefined;
  /** Whether a browser is opened for a login, or the address only printed. */
  readonly opensBrowser: boolean;
  readonly logLevel: LogLevel;
}

/**
 * Starts the plugins, then the server or the connection to it, and stands between it and the client until one of them ends. Stdout carries nothing
 * but the protocol.
 * @throws ConfigError, and FrameworkError `COMMAND_MISSING`, `INPUT_INVALID`, `SERVER_UNKNOWN`, `DECISIONS_FILE_UNWRITABLE`, `UPSTREAM_START_FAILED` or what a
 * manager throws when it starts
 */
export async function run(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  checkTarget(options);
  const logger = createStderrLogger(terminal, options.logLevel);
  let onCrash = () => {};
  const crashed = new Promise<ExitCode>((resolve) => {
    onCrash = () => resolve(exitCodes.failure);
  });
  // From before the first plugin is imported: that is when their code may first leave a promise alone.
  using _errors = watchErrors({ events: terminal.events, logger, onUncaught: () => onCrash() });
  const serving = async (): Promise<ExitCode> => {
    const load = loadOptions(options, terminal, logger);
    const config = await loadGuard(options.config, terminal, options, load);
    for (const notice of config.notices) logNotice(notice, logger);
    const target = findTarget(options, config, terminal.cwd);
    await using decisions = openDecisions(options, logger, terminal);
    await using recorder = openRecording(options, logger, terminal);
    await using manager = await startGuard(config, {
      host: hostOfRun(nameOf(options)),
      logger,
      observers: decisions === undefined ? [] : [decisions.observer],
    });
    await using _following = followConfig({ config, load, manager, logger, terminal });
    logStart(manager, target, logger);
    const host = recorder?.hostOf(manager) ?? manager;
    return await serve(options, { host, target, logger, terminal }, (stop) => {
      onCrash = stop;
    });
  };
  return await Promise.race([serving(), crashed]);
}

interface ServeContext {
  readonly host: HookHost;
  readonly target: RunTarget;
  readonly logger: Logger;
  readonly terminal: Terminal;
}

async function serve(
  options: RunOptions,
  { host, target, logger, terminal }: ServeContext,
  setOnCrash: (stop: () => void) => void,
): Promise<ExitCode> {
  // A stream of our own, so that a signal can end the client's input: the gateway then drains as if the client had.
  const input = terminal.stdin.pipe(new PassThrough());
  const gateway = await serveStdio({
    manager: host,
    ...target.options,
    serverName: target.name,
    blockedToolCalls: options.blockedToolCalls,
    login: {
      tokens: new FileTokenStore(tokenFolder(terminal)),
      askPerson: askInBrowser({ terminal, opensBrowser: options.opensBrowser }),
    },
    logger,
    stdin: input,
    stdout: terminal.stdout,
    stderr: terminal.stderr,
  });
  let hasCrashed = false;
  setOnCrash(() => {
    hasCrashed = true;
    void gateway.close();
  });
  using _signals = watchSignals(terminal.events, (isFirst) => {
    if (!isFirst) {
      void gateway.close();
      return;
    }
    logger.info('stopping: requests that are under way are still answered');
    terminal.stdin.unpipe(input);
    input.end();
  });
  const { exitCode, message } = await gateway.closed;
  if (message !== undefined) logger.error(message);
  terminal.stdin.unpipe(input);
  return hasCrashed ? exitCodes.failure : exitCode;
}

function openDecisions(options: RunOptions, logger: Logger, terminal: Terminal): DecisionLog | undefined {
  if (options.decisions === undefined) return undefined;
  return openDecisionLog({ file: path.resolve(terminal.cwd, options.decisions), logger });
}

function openRecording(options: RunOptions, logger: Logger, terminal: Terminal): Recorder | undefined {
  if (options.recording === undefined) return undefined;
  return openRecorder({
    file: path.resolve(terminal.cwd, options.recording),
    config: options.config,
    server: nameOf(options),
    logger,
  });
}

function logStart(manager: PluginManager, { description }: RunTarget, logger: Logger): void {
  const plugins = manager.config.plugins.map(({ name, mode }) => `${name} (${mode})`).join(', ');
  if (plugins === '') logger.warn(`no plugins: ${description} runs unguarded`);
  else logger.info(`guarding ${description} with ${plugins}`);
}

/** The name by which `server_ids` know the server, when it was given one. */
function nameOf({ name, server }: RunOptions): string | undefined {
  return name ?? server;
}

/** A configuration of which only the plugins count need not have servers that can be used. */
function loadOptions(options: RunOptions, terminal: Terminal, logger: Logger): LoadConfigOptions {
  const load = guardLoadOptions(terminal, options, logger);
  return options.server === undefined ? load : { ...load, sections: gatewaySections };
}
