import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { loadForHost } from '../guard/load-for-host.js';
import type { Operation } from '../guard/operation.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { formatPlan } from './format-plan.js';
import { planOperations } from './plan-operations.js';

/** What `plan` takes. */
export interface PlanOptions {
  readonly operation: Operation;
  readonly config?: string | undefined;
  /** Name of the server, for conditions. */
  readonly server?: string | undefined;
  readonly json: boolean;
}

/** Prints which plugins run around an operation, in which order, and why the others do not. */
export async function plan(options: PlanOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const hosted = await loadForHost(file, terminal, options.server);
  for (const { operation, hooks } of await planOperations(hosted, [options.operation], options.server)) {
    if (options.json) writeJson(terminal.stdout, { file, ...operation, hooks });
    else terminal.stdout.write(formatPlan(operation, hooks, styleFor(terminal.stdout, terminal.env)));
  }
  return exitCodes.ok;
}
