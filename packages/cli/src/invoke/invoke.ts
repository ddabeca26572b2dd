import { didYouMean, FrameworkError, type HookName, type Outcome } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { DecisionCollector } from '../guard/decision-collector.js';
import { findConfig } from '../guard/find-config.js';
import { loadGuard } from '../guard/load-guard.js';
import { startGuard } from '../guard/start-guard.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatInvocation } from './format-invocation.js';

/** What `invoke` takes. */
export interface InvokeOptions {
  readonly hook: string;
  readonly payload: unknown;
  readonly config?: string | undefined;
  /** Who is asking and of which server, for conditions and plugins. */
  readonly identity: {
    readonly user?: string | undefined;
    readonly tenantId?: string | undefined;
    readonly serverId?: string | undefined;
  };
  readonly json: boolean;
}

/** What came of one hook call, also the JSON of `invoke`. */
export interface Invocation extends Pick<
  Outcome,
  'continueProcessing' | 'violation' | 'response' | 'metadata'
> {
  readonly hook: string;
  /** The payload after the plugins; that of the command line when none changed it. */
  readonly payload: unknown;
  readonly isChanged: boolean;
  readonly decisions: DecisionCollector['records'];
}

/**
 * Runs one hook on a payload and prints what came of it.
 * @throws FrameworkError `HOOK_UNKNOWN`, `INPUT_INVALID`, and what loading and starting throw
 */
export async function invoke(options: InvokeOptions, terminal: Terminal): Promise<ExitCode> {
  const { hook, payload, identity } = options;
  checkPayload(hook, payload);
  const config = await loadGuard(findConfig(options.config, terminal), terminal);
  const collector = new DecisionCollector();
  let outcome: Outcome;
  {
    await using manager = await startGuard(config, { host: 'any', observers: [collector] });
    await using request = manager.openRequest(identity);
    // The payload has been checked against the contract of the hook that is called.
    outcome = await request.invoke(hook as HookName, payload as never);
  }
  const { continueProcessing, violation, response, metadata, modifiedPayload } = outcome;
  const invocation: Invocation = {
    hook,
    continueProcessing,
    violation,
    response,
    metadata,
    payload: modifiedPayload ?? payload,
    isChanged: modifiedPayload !== undefined,
    decisions: collector.records,
  };
  if (options.json) writeJson(terminal.stdout, invocation);
  else terminal.stdout.write(formatInvocation(invocation, styleFor(terminal.stdout, terminal.env)));
  return exitCodes.ok;
}

function checkPayload(hook: string, payload: unknown): void {
  const contract = builtInContracts.find(({ name }) => name === hook);
  if (contract === undefined) {
    const names = builtInContracts.map(({ name }) => name);
    const advice = didYouMean(hook, names) || `; there are ${names.join(', ')}`;
    throw new FrameworkError('HOOK_UNKNOWN', `there is no hook "${hook}"${advice}`);
  }
  const checked = contract.payload.safeParse(payload);
  if (checked.success) return;
  const issues = checked.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'payload'}: ${message}`,
  );
  throw new FrameworkError<CliErrorCode>(
    'INPUT_INVALID',
    `this is no payload of ${hook}: ${issues.join('; ')}`,
  );
}
