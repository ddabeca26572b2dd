import fc from 'fast-check';
import { expect } from 'vitest';
import { type DecisionRecord, type Outcome, PluginManager } from '../../src/index.js';
import { toolPreInvoke } from '../../src/contracts/index.js';
import { anyHook, toolCall } from '../support/host.js';
import { pass } from '../support/time.js';
import { expectedOutcome } from './expected-outcome.js';
import { nameOf, pluginsOf, randomRun, type RandomRun } from './random-plugins.js';

const mayContinueWith = new Set([
  'disabled',
  'condition',
  'condition_unknown',
  'on_error_disabled',
  'error_ignored',
  'timeout_ignored',
  'oversize',
]);

/**
 * Plays random runs; needs fake time. Fails with the seed and the smallest run that breaks the invariant of DESIGN 5.8.
 */
export async function checkInvariant(numRuns: number): Promise<void> {
  const seed = Math.floor(Math.random() * 0x7fff_ffff);
  console.info(`invariant: ${numRuns} runs, seed ${seed}`);
  await fc.assert(fc.asyncProperty(randomRun, checkRun), { numRuns, seed });
}

async function checkRun(run: RandomRun): Promise<void> {
  const calls: string[] = [];
  const manager = await PluginManager.start({
    plugins: pluginsOf(run, (name) => calls.push(name)),
    contracts: [toolPreInvoke],
    settings: { parallelExecutionWithinBand: run.parallel, failOnPluginError: run.failOnPluginError },
  });
  const off = new Set<string>();
  for (let call = 0; call < 2; call++) {
    calls.length = 0;
    const outcome = await play(manager, run);
    checkRecords(run, outcome, calls);
    if (run.cancelAfter === undefined && isOneByOne(run)) checkOutcome(outcome, expectedOutcome(run, off));
  }
  await manager.shutdown();
}

async function play(manager: PluginManager, { plugins, cancelAfter }: RandomRun): Promise<Outcome> {
  const controller = new AbortController();
  await using request = manager.openRequest({}, { signal: controller.signal, record: true });
  const pending = Promise.resolve(request.invoke(anyHook, toolCall()));
  if (cancelAfter !== undefined) {
    for (let turn = 0; turn < cancelAfter; turn++) await Promise.resolve();
    controller.abort();
  }
  if (plugins.some(({ act }) => act === 'hang')) await pass(1100 * plugins.length);
  const outcome: Outcome = await pending;
  expect(outcome.violation?.code).not.toBe(cancelAfter === undefined ? 'REQUEST_CANCELLED' : 'INVARIANT');
  return outcome;
}

/** One record a plugin of the plan; what continues has settled all; who is said to have run was called once. */
function checkRecords(
  run: RandomRun,
  { continueProcessing, violation, decisions = [] }: Outcome,
  calls: string[],
): void {
  const inPlan = run.plugins.flatMap(({ mode }, index) =>
    mode === 'fire_and_forget' ? [] : [nameOf(index)],
  );
  expect(decisions.map(({ plugin }) => plugin).toSorted()).toEqual(inPlan);
  expect(continueProcessing).toBe(violation === undefined);
  for (const record of decisions) checkRecord(record, continueProcessing, calls);
}

function checkRecord(record: DecisionRecord, continues: boolean, calls: readonly string[]): void {
  const { plugin, status, verdict, reason } = record;
  const called = calls.filter((name) => name === plugin).length;
  if (status !== 'skipped') expect(called).toBe(1);
  else if (continues) expect(called).toBe(0);
  else expect(called).toBeLessThanOrEqual(1);
  if (!continues) return;
  expect(verdict).not.toBe('block');
  if (status !== 'ran') expect(mayContinueWith).toContain(reason);
}

/** Whether the simple interpreter can play it: nothing runs beside something else. */
function isOneByOne({ parallel, plugins }: RandomRun): boolean {
  return !parallel && plugins.filter(({ mode }) => mode === 'concurrent').length < 2;
}

function checkOutcome(outcome: Outcome, expected: ReturnType<typeof expectedOutcome>): void {
  const { violation, modifiedPayload, response } = outcome;
  expect(violation?.plugin).toBe(expected.blockedBy);
  const args = { ...toolCall().args, ...Object.fromEntries(expected.marks.map((name) => [name, true])) };
  expect(modifiedPayload).toEqual(expected.marks.length === 0 ? undefined : toolCall(args));
  expect(response?.plugin).toBe(expected.respondedBy);
}
