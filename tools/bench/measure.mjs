import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bracketedRatios, median, spread } from './statistics.mjs';

/**
 * @typedef {import('./suite.mjs').Target} Target
 * @typedef {import('./suite.mjs').Group} Group
 * @typedef {{ cpuNs: number; wallNs: number }} Cost per call
 * @typedef {{ name: string; ratio: number; spread: number; cpuNs: number; wallNs: number; ratios: number[] }} TargetResult
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
  for (const target of [anchor, ...targets]) {
    const warmupCalls = group.warmupCalls ?? calls;
    target.prepare?.(warmupCalls);
    await callMany(target, warmupCalls);
  }

  const anchorCosts = [];
  const perTarget = targets.map((target) => ({
    target,
    costs: /** @type {Cost[]} */ ([]),
    brackets: newBrackets(),
  }));
  for (let round = 0; round < rounds; round++) {
    const order = perTarget.map((_, index) => (index + round) % perTarget.length);
    let before = await measure(anchor, calls);
    anchorCosts.push(before);
    for (const index of order) {
      const entry = perTarget[index];
      if (!entry) continue;
      const cost = await measure(entry.target, calls);
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
    targets: perTarget.map(({ target, costs, brackets }) => {
      const ratios = bracketedRatios(brackets);
      return { name: target.name, ratio: median(ratios), spread: spread(ratios), ...middle(costs), ratios };
    }),
  };
}

/** @returns {{ target: number; before: number; after: number }[]} */
function newBrackets() {
  return [];
}

/** @param {readonly Cost[]} costs */
function middle(costs) {
  return { cpuNs: median(costs.map((cost) => cost.cpuNs)), wallNs: median(costs.map((cost) => cost.wallNs)) };
}
