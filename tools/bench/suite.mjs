/**
 * Something to measure. Give `call`, run as often as the group says, or `loop` when the calls are not one after the
 * other (batches, concurrency).
 *
 * @typedef {object} CalledTarget
 * @property {string} name
 * @property {() => unknown} call
 * @property {'async' | 'sync' | 'maybe'} [style] `async` (default): every call is awaited; `sync`: none; `maybe`: only
 *   what returns a promise
 * @property {undefined} [loop]
 * @property {undefined} [childCpuMicroseconds]
 * @property {(calls: number) => void} [prepare] makes what the next `calls` calls use up; not measured
 *
 * @typedef {object} LoopTarget
 * @property {string} name
 * @property {(calls: number) => unknown} loop makes `calls` calls and settles when all have
 * @property {(calls: number) => void} [prepare] makes what the next `calls` calls use up; not measured
 * @property {undefined} [call]
 * @property {undefined} [style]
 * @property {() => Promise<number>} [childCpuMicroseconds] CPU time that other processes have used for it so far; counts
 *   besides that of this one
 *
 * @typedef {CalledTarget | LoopTarget} Target
 */

/**
 * Targets that are compared with one anchor, side by side.
 *
 * @typedef {object} Group
 * @property {string} name
 * @property {Target} anchor what a ratio of 1 means
 * @property {readonly Target[]} targets
 * @property {number} calls calls of one measurement; enough for 20 ms
 * @property {number} [warmupCalls] calls of every target, anchor included, before the first round; `calls` by default
 */

/**
 * What a suite gets while it prepares.
 *
 * @typedef {object} SuiteTools
 * @property {(name: string) => boolean} wants whether `--with` names this peer, or `all`
 * @property {(name: string) => Promise<any>} peer the module of a peer of tools/bench/peers
 */

/**
 * A file `tools/bench/suites/<name>.mjs` exports one as default.
 *
 * @typedef {object} Suite
 * @property {string} title one line
 * @property {readonly string[]} [peers] npm packages that `--with` may name
 * @property {(tools: SuiteTools) => Promise<{ groups: readonly Group[]; after?: (results: readonly import('./measure.mjs').GroupResult[]) => readonly string[]; close?: () => unknown }>} prepare
 *   `after` measures what cannot run in this process and returns lines to print
 */

/**
 * Gives a suite its types where it is written.
 *
 * @param {Suite} suite
 * @returns {Suite}
 */
export function defineSuite(suite) {
  return suite;
}
