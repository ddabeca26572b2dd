import { describeError } from '../errors/describe-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { SkipReason } from '../results/decision-record.js';
import type { OutcomeViolation } from '../results/violation.js';
import type { Step } from './step.js';

/** What an error or timeout of a step leads to. */
export interface Failure {
  /** Present when the call ends here. */
  readonly violation: OutcomeViolation | undefined;
  /** Present when it goes on. */
  readonly reason: SkipReason | undefined;
  /** The code for records: of the framework's error, or `PLUGIN_ERROR`, `PLUGIN_TIMEOUT`. */
  readonly code: string;
}

/**
 * Decides what a failure of a step does, notes it at the plugin and logs it. The error's own text goes to the log, never
 * into the violation.
 */
export function settleFailure(
  step: Step,
  hook: string,
  thrown: unknown,
  carriesModification: boolean,
): Failure {
  const { ref, row } = step;
  const error = translate(thrown);
  const code = codeOf(error);
  const isTimeout = code === 'PLUGIN_TIMEOUT';
  if (isTimeout) ref.counts.timeouts++;
  else ref.counts.errors++;
  const description = describeError(error);
  ref.noteFailure(description, step.errorAction === 'disable');
  // A redaction that cannot be applied must not be dropped: what may block then does.
  const keepsRedaction = row.mayBlock && carriesModification;
  const isFinal = step.errorAction === 'fail' || keepsRedaction;
  ref.logger.error(`plugin "${ref.name}" failed in ${hook}: ${description}`, {
    plugin: ref.name,
    hook,
    code,
    blocks: isFinal,
  });
  if (!isFinal) {
    ref.counts.ignored++;
    return { violation: undefined, reason: isTimeout ? 'timeout_ignored' : 'error_ignored', code };
  }
  const violation: OutcomeViolation = {
    code: isTimeout ? 'PLUGIN_TIMEOUT' : 'PLUGIN_ERROR',
    reason: isTimeout ? `Plugin ${ref.name} did not answer in time` : `Plugin ${ref.name} failed`,
    details: { error: code },
    plugin: ref.name,
    hook,
  };
  return { violation, reason: undefined, code };
}

function codeOf(error: unknown): string {
  return FrameworkError.is(error) ? error.code : 'PLUGIN_ERROR';
}

/** A write into a frozen payload is a TypeError of the engine; say what to do instead. */
function translate(thrown: unknown): unknown {
  try {
    if (
      thrown instanceof TypeError &&
      /read.only|not extensible|Cannot (?:delete|assign|define|redefine)/.test(thrown.message)
    ) {
      return new FrameworkError(
        'PAYLOAD_MUTATED',
        `wrote in place: ${thrown.message}. Payloads are frozen: return modify({ ...payload, field: value })`,
        { cause: thrown },
      );
    }
  } catch {
    // What was thrown cannot even be looked at.
  }
  return thrown;
}

/** The timeout of a step as an error. */
export function timeoutError(step: Step): FrameworkError {
  return new FrameworkError('PLUGIN_TIMEOUT', `no answer within ${step.timeoutMs / 1000} s`);
}
