import { describeReason } from '../guard/describe-reason.js';
import type { Operation } from '../guard/operation.js';
import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { HookPlan, PlanStep } from './plan-operations.js';

/** The order of plugins around an operation as text for a person. */
export function formatPlan(operation: Operation, plans: readonly HookPlan[], style: Style): string {
  const isUnguarded = plans.every(({ steps }) => steps.every((step) => !step.runs));
  const name = `${operation.kind} ${printable(operation.target)}`;
  const head = isUnguarded
    ? style.red(`Nothing guards the ${name}`)
    : style.bold(`What runs around the ${name}`);
  return `${head}\n\n${plans.map((plan) => formatHook(plan, style)).join('\n')}`;
}

function formatHook({ hook, steps }: HookPlan, style: Style): string {
  if (steps.length === 0) return `${style.cyan(hook)}\n  ${style.dim('no plugin is on this hook')}\n`;
  let turn = 0;
  return `${style.cyan(hook)}\n${formatTable(
    steps.map((step) => formatStep(step, step.runs ? ++turn : undefined, style)),
    '  ',
  )}`;
}

function formatStep(
  { plugin, mode, priority, reason }: PlanStep,
  turn: number | undefined,
  style: Style,
): string[] {
  const place = turn === undefined ? '-' : `${turn}.`;
  const what =
    turn === undefined ? style.yellow(`does not run: ${describeReason(reason)}`) : style.green('runs');
  return [place, style.bold(printable(plugin)), mode, style.dim(`priority ${priority}`), what];
}
