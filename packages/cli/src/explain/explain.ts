import type { OutcomeViolation, PluginManager } from '@mcpplugins/framework-core';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { DecisionCollector } from '../guard/decision-collector.js';
import { findConfig } from '../guard/find-config.js';
import { loadForHost } from '../guard/load-for-host.js';
import { loadGuard } from '../guard/load-guard.js';
import type { Operation } from '../guard/operation.js';
import { hostOfRun, startGuard } from '../guard/start-guard.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { checkOperations } from '../doctor/check-server.js';
import { checkSettings } from '../doctor/check-settings.js';
import { placeDoubts } from '../doctor/place-doubts.js';
import type { Finding } from '../output/diagnostics.js';
import { callServer, type ServerCall } from './call-server.js';
import { dryCall } from './dry-call.js';
import { explainSteps, type ExplainedStep } from './explain-steps.js';
import { formatExplanation } from './format-explanation.js';

/** What `explain` takes. */
export interface ExplainOptions {
  readonly operation: Operation;
  readonly args: Readonly<Record<string, unknown>>;
  /** Dry calls: what the target is taken to answer; without it the plugins after the call are not run. */
  readonly result: unknown;
  readonly config?: string | undefined;
  /** Name of the server, for conditions. */
  readonly server?: string | undefined;
  /** The server's command, for a real call; empty for a dry one. */
  readonly command: readonly string[];
  readonly json: boolean;
}

/** How a call ended. */
export interface CallEnd {
  /** `answered`: the target was called. `not_called`: dry, and nothing kept it from being called. */
  readonly end: 'answered' | 'not_called' | 'blocked' | 'responded' | 'failed';
  readonly violation?: Pick<OutcomeViolation, 'code' | 'reason' | 'plugin'> | undefined;
  /** What the server said, when the call failed without any plugin. */
  readonly error?: string | undefined;
}

/** What became of one call and what every plugin did, also the JSON of `explain`. */
export interface Explanation extends CallEnd {
  readonly file: string;
  readonly operation: Operation;
  readonly isDry: boolean;
  readonly steps: readonly ExplainedStep[];
  /** What is likely to be a mistake in the configuration, each with its fix. */
  readonly findings: readonly Finding[];
}

/** Makes a call, real or dry, and prints what every configured plugin did about it, and why. */
export async function explain(options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const isDry = options.command.length === 0;
  const hosted = isDry
    ? await loadForHost(file, terminal, options.server)
    : { config: await loadGuard(file, terminal), host: hostOfRun(options.server) };
  const { config, host } = hosted;
  const collector = new DecisionCollector();
  let call: ServerCall;
  let manager: PluginManager;
  {
    await using started = await startGuard(config, {
      host,
      observers: [collector],
    });
    manager = started;
    call = isDry
      ? { end: await dryCall(options, started), operations: [] }
      : await callServer(options, started, terminal);
  }
  const steps = explainSteps(options.operation, collector.records, manager.config.plugins);
  const { end, operations } = call;
  const doubts = [...checkSettings(config), ...(await checkOperations(hosted, operations, options.server))];
  const findings = await placeDoubts(doubts, config);
  const explanation: Explanation = { file, operation: options.operation, isDry, ...end, steps, findings };
  if (options.json) writeJson(terminal.stdout, explanation);
  else terminal.stdout.write(formatExplanation(explanation, styleFor(terminal.stdout, terminal.env)));
  return end.end === 'failed' ? exitCodes.failure : exitCodes.ok;
}
