import { compilePattern } from '@mcpplugins/config-loader';
import { definePlugin, FrameworkError, PluginManager } from '@mcpplugins/framework-core';
import { defineAdapter } from '../adapter.mjs';

const anchored =
  'user_patterns are anchored here: DESIGN section 9, row "user_patterns, resources" (the source searches inside of the user name)';
const unknownValue =
  'the value is missing, and a plugin that may block runs: DESIGN section 9, row "unknown condition value"';

/** @type {Readonly<Record<string, string>>} */
const deviations = {
  ...Object.fromEntries(
    ['co-015', 'co-017', 'co-061', 'co-064', 'co-070', 'co-073', 'co-088', 'co-091', 'co-096'].map((id) => [
      id,
      anchored,
    ]),
  ),
  ...Object.fromEntries(['co-007', 'co-063', 'co-075', 'co-078', 'co-089'].map((id) => [id, unknownValue])),
};

const everywhere = [
  'prompt_pre_fetch',
  'prompt_post_fetch',
  'tool_pre_invoke',
  'tool_post_invoke',
  'resource_pre_fetch',
];

const Probe = definePlugin({
  name: 'probe',
  hooks: () => Object.fromEntries(everywhere.map((hook) => [hook, () => undefined])),
});

/** @typedef {{ id: string, hook: import('@mcpplugins/framework-core').HookName | null, payload: Record<string, unknown> | null, conditions: Record<string, string[] | null>[], context: Record<string, string>, expect: boolean | null }} ConditionCase */

export default defineAdapter({
  title: "conditions against ContextForge's own tests",
  files: ['conditions.jsonl'],
  async run({ readCases, report }) {
    for (const conditionCase of /** @type {ConditionCase[]} */ (readCases('conditions.jsonl'))) {
      const { id, expect } = conditionCase;
      const seen = await match(conditionCase);
      // The source gives no answer where the pattern is none; ours is to refuse the configuration.
      const wanted = expect ?? 'refused';
      if (seen === wanted) report.pass();
      else if (deviations[id] !== undefined) report.deviate(id, deviations[id]);
      else report.fail(id, `expected ${wanted}, got ${seen}`);
    }
  },
});

/**
 * Whether the conditions of a guard hold, as its decision record says.
 *
 * @param {ConditionCase} conditionCase
 * @returns {Promise<boolean | 'unknown' | 'refused'>}
 */
async function match({ hook, payload, conditions, context }) {
  /** @type {PluginManager} */
  let manager;
  try {
    manager = await PluginManager.start({
      compilePattern,
      plugins: [
        {
          config: { name: 'probe', kind: 'probe', conditions: conditions.map(camelCased) },
          load: () => Probe,
        },
      ],
    });
  } catch (error) {
    if (FrameworkError.is(error, 'PATTERN_UNSUPPORTED')) return 'refused';
    throw error;
  }
  try {
    const request = manager.openRequest(camelCased(context), { record: true });
    const outcome = await request.invoke(
      hook ?? 'tool_pre_invoke',
      /** @type {never} */ (payloadOf(payload)),
    );
    const [record] = outcome.decisions ?? [];
    if (record?.reason === 'condition_unknown') return 'unknown';
    return record?.status === 'ran';
  } finally {
    await manager.shutdown();
  }
}

/**
 * A prompt's name is `prompt_id` in the source.
 *
 * @param {Record<string, unknown> | null} payload
 */
function payloadOf(payload) {
  if (payload === null) return { name: 'any', args: {} };
  const { prompt_id: prompt, ...rest } = payload;
  return prompt === undefined ? rest : { ...rest, name: prompt };
}

/**
 * Without what is null, which the loader takes for not written.
 *
 * @template Value
 * @param {Record<string, Value | null>} fields
 */
function camelCased(fields) {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), value]),
  );
}
