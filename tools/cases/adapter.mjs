/**
 * A file `tools/cases/adapters/<topic>.mjs` exports one as default.
 *
 * @typedef {object} Adapter
 * @property {string} title what is held against what, one line
 * @property {readonly string[]} files the case files it reads
 * @property {(tools: AdapterTools) => Promise<void> | void} run
 *
 * @typedef {object} AdapterTools
 * @property {(file: string) => any[]} readCases the cases of one file
 * @property {import('./report.mjs').TopicReport} report
 */

/**
 * Gives an adapter its types where it is written.
 *
 * @param {Adapter} adapter
 * @returns {Adapter}
 */
export function defineAdapter(adapter) {
  return adapter;
}
