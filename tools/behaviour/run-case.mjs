import { PluginManager } from '@mcpplugins/framework-core';

/**
 * @typedef {import('./behaviour.mjs').HookName} HookName
 *
 * @typedef {object} CasePlugin
 * @property {string} name
 * @property {import('./behaviour.mjs').Behaviours} does what it does, hook by hook; it implements no other hook
 * @property {Partial<Omit<import('@mcpplugins/framework-core').PluginConfigInput, 'name' | 'config'>> | undefined} [config] mode, priority, onError, …
 *
 * @typedef {object} CaseCall
 * @property {HookName} hook
 * @property {object} payload
 * @property {Expected} expect
 *
 * @typedef {object} Expected everything that is not named is not there
 * @property {boolean} [continueProcessing] default true
 * @property {{ code: string, reason?: string, plugin?: string }} [violation] the fields that are named are compared
 * @property {unknown} [modifiedPayload]
 * @property {unknown} [response] the result in it
 * @property {Record<string, unknown>} [metadata] default none
 * @property {readonly string[]} [records] `plugin status verdict-or-reason`, one a plugin
 *
 * @typedef {object} BehaviourCase
 * @property {string} name a fact, in the present tense
 * @property {readonly CasePlugin[]} plugins in file order
 * @property {import('@mcpplugins/framework-core').GlobalContextInput} [global]
 * @property {import('@mcpplugins/framework-core').PluginSettingsInput} [settings]
 * @property {readonly CaseCall[]} calls of one request, in order
 *
 * @typedef {object} Subject where the plugins of a case run
 * @property {string} name
 * @property {(plugins: readonly import('@mcpplugins/framework-core').PluginConfigInput[]) => Promise<SubjectPlugins>} open
 *
 * @typedef {object} SubjectPlugins
 * @property {readonly import('@mcpplugins/framework-core').PluginRegistration[]} registrations one a plugin, same order, name, mode, priority, onError, timeout
 * @property {() => Promise<void>} close after the manager is shut down: ends servers and processes
 */

/**
 * Runs one case with a subject and returns what came of each call, in the shape of `expect`, completed.
 *
 * @param {BehaviourCase} behaviourCase
 * @param {Subject} subject
 */
export async function runCase({ plugins, calls, global, settings }, subject) {
  const opened = await subject.open(
    plugins.map(({ name, does, config }) => ({ kind: 'behaviour', ...config, name, config: does })),
  );
  try {
    const manager = await PluginManager.start({ plugins: opened.registrations, settings });
    try {
      const request = manager.openRequest({ requestId: 'case', ...global }, { record: true });
      const seen = [];
      for (const { hook, payload, expect } of calls) {
        const outcome = await request.invoke(hook, /** @type {never} */ (structuredClone(payload)));
        seen.push(seenOf(outcome, expect));
      }
      return seen;
    } finally {
      await manager.shutdown();
    }
  } finally {
    await opened.close();
  }
}

/**
 * What a call must come to, with the defaults filled in.
 *
 * @param {Expected} expected
 */
export function completed({ continueProcessing, violation, modifiedPayload, response, metadata, records }) {
  return {
    continueProcessing: continueProcessing ?? violation === undefined,
    violation,
    modifiedPayload,
    response,
    metadata: metadata ?? {},
    ...(records && { records }),
  };
}

/**
 * @param {import('@mcpplugins/framework-core').Outcome} outcome
 * @param {Expected} expected
 */
function seenOf(outcome, { violation, records }) {
  const named = /** @type {const} */ (['code', 'reason', 'plugin']).filter(
    (field) => violation === undefined || field in violation,
  );
  return {
    continueProcessing: outcome.continueProcessing,
    violation:
      outcome.violation && Object.fromEntries(named.map((field) => [field, outcome.violation?.[field]])),
    modifiedPayload: outcome.modifiedPayload,
    response: outcome.response?.result,
    metadata: outcome.metadata,
    ...(records && {
      records: (outcome.decisions ?? []).map(({ plugin, status, verdict, reason }) =>
        [plugin, status, verdict ?? reason].filter(Boolean).join(' '),
      ),
    }),
  };
}
