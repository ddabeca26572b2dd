import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bracketedRatios, median, spread } from './statistics.mjs';

/**
 * @typedef {import('./suite.mjs').Target} Target
 * @typedef {import('./suite.mjs').Group} Group
 * @typedef {{ cpuNs: number; wallNs: number }} Cost per call
 * @typedef {{ name: string; ratio: number; spread: number; cpuNs: number; wallNs: number; ratios: number[]; failed?: string }} TargetResult
 *   `failed`: why its calls failed; then its figures are NaN
 * @typedef {{ name: string; calls: number; anchor: { name: string; cpuNs: number; wallNs: number; spread: number }; targets: TargetResult[] }} GroupResult
 */

setFlagsFromString('--expose-gc');
/** @type {(options: { type: 'minor' }) => void} */
const collect = runInNewContext('gc');

/** A full collection would also throw away the hidden classes, and with them the compiled code, of what has no live instance. */
const collectGarbage = () => collect({ type: 'minor' });

/** Shorter measurements than this drown in the clock's and the collector's noise. */
const minimumMeasurementMs = 5;

/**
 * Calls a target `calls` times, in the way it asks for, and waits for the last.
 *
 * @param {Target} target
 * @param {number} calls
 */
async function callMany(target, calls) {
  if (target.loop) {
    await target.loop(calls);
    return;
  }
  const { call } = target;
  if (target.style === 'sync') for (let index = 0; index < calls; index++) call();
  else if (target.style === 'maybe')
    for (let index = 0; index < calls; index++) {
      const result = call();
      if (isThenable(result)) await result;
    }
  else for (let index = 0; index < calls; index++) await call();
}

/**
 * @param {unknown} value
 * @returns {value is PromiseLike<unknown>}
 */
function isThenable(value) {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/**
 * @param {Target} target
 * @param {number} calls
 * @returns {Promise<Cost>}
 */
async function measure(target, calls) {
  target.prepare?.(calls);
  collectGarbage();
  const childStart = (await target.childCpuMicroseconds?.()) ?? 0;
  const wallStart = performance.now();
  const cpuStart = process.cpuUsage();
  await callMany(target, calls);
  const cpu = process.cpuUsage(cpuStart);
  const wallMs = performance.now() - wallStart;
  const childCpu = ((await target.childCpuMicroseconds?.()) ?? 0) - childStart;
  return { cpuNs: ((cpu.user + cpu.system + childCpu) * 1000) / calls, wallNs: (wallMs * 1e6) / calls };
}

/**
 * Measures one group: every target is warmed by the same number of calls; each round runs anchor, target, anchor,
 * target, …, anchor, starting with another target every time, so that a slow second of the machine meets both sides.
 *
 * @param {Group} group
 * @param {{ rounds: number; warn?: (message: string) => void }} options
 * @returns {Promise<GroupResult>}
 */
export async function measureGroup(group, { rounds, warn }) {
  const { anchor, targets, calls } = group;
  const anchorCosts = [];
  const perTarget = targets.map((target) => ({
    target,
    costs: /** @type {Cost[]} */ ([]),
    brackets: newBrackets(),
    failed: /** @type {string | undefined} */ (undefined),
  }));
  const warmupCalls = group.warmupCalls ?? calls;
  await warmUp(anchor, warmupCalls);
  for (const entry of perTarget) entry.failed = await failureOf(() => warmUp(entry.target, warmupCalls));
  for (let round = 0; round < rounds; round++) {
    const order = perTarget.map((_, index) => (index + round) % perTarget.length);
    let before = await measure(anchor, calls);
    anchorCosts.push(before);
    for (const index of order) {
      const entry = perTarget[index];
      if (!entry || entry.failed !== undefined) continue;
      /** @type {Cost} */
      let cost = { cpuNs: 0, wallNs: 0 };
      entry.failed = await failureOf(async () => {
        cost = await measure(entry.target, calls);
      });
      if (entry.failed !== undefined) continue;
      const after = await measure(anchor, calls);
      anchorCosts.push(after);
      entry.costs.push(cost);
      entry.brackets.push({ target: cost.cpuNs, before: before.cpuNs, after: after.cpuNs });
      before = after;
    }
  }

  const shortest =
    Math.min(...[...anchorCosts, ...perTarget.flatMap(({ costs }) => costs)].map((c) => c.wallNs)) * calls;
  if (shortest / 1e6 < minimumMeasurementMs)
    warn?.(`${group.name}: a measurement took ${(shortest / 1e6).toFixed(2)} ms; raise its calls`);
  return {
    name: group.name,
    calls,
    anchor: {
      name: anchor.name,
      ...middle(anchorCosts),
      spread: spread(anchorCosts.map((cost) => cost.cpuNs)),
    },
    targets: perTarget.map(({ target, costs, brackets, failed }) => {
      if (failed !== undefined)
        return { name: target.name, ratio: NaN, spread: NaN, cpuNs: NaN, wallNs: NaN, ratios: [], failed };
      const ratios = bracketedRatios(brackets);
      return { name: target.name, ratio: median(ratios), spread: spread(ratios), ...middle(costs), ratios };
    }),
  };
}

/** Milliseconds after which a target that has not finished its calls has failed. */
const patienceMs = 120_000;

/**
 * @param {Target} target
 * @param {number} calls
 */
async function warmUp(target, calls) {
  target.prepare?.(calls);
  await callMany(target, calls);
}

/**
 * Why calls failed; a target that fails is no slow target.
 *
 * @param {() => Promise<void>} work
 * @returns {Promise<string | undefined>}
 */
async function failureOf(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no end of the calls within ${patienceMs / 1000} s`)),
      patienceMs,
    );
  });
  try {
    await Promise.race([work(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {{ target: number; before: number; after: number }[]} */
function newBrackets() {
  return [];
}

/** @param {readonly Cost[]} costs */
function middle(costs) {
  return { cpuNs: median(costs.map((cost) => cost.cpuNs)), wallNs: median(costs.map((cost) => cost.wallNs)) };
}
