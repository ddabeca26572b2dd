import { createPluginContext } from '@mcpplugins/framework-core';
import PiiFilter from '@mcpplugins/plugin-pii-filter';

/**
 * Cases whose source wants what ours decides otherwise.
 *
 * @type {Readonly<Record<string, string>>}
 */
const deviations = {
  'pm-0003':
    '`remove` removes; in the source the strategy of the built-in pattern wins over the configured one',
};

/**
 * What the filter makes of one argument of a tool call.
 *
 * @param {string} text
 * @param {Record<string, unknown>} config settings of the filter
 * @returns {string}
 */
function mask(text, config) {
  const plugin = new PiiFilter({ name: 'pii', kind: '@mcpplugins/plugin-pii-filter', config });
  const payload = { name: 'case', args: { text } };
  const result = plugin.hooks.tool_pre_invoke(payload, createPluginContext({ requestId: 'case' }));
  const { text: masked = text } = result?.modifiedPayload?.args ?? {};
  return String(masked);
}

/**
 * A case file's settings in ours: `only` names the types that are looked for; ContextForge writes an SSN's mask in stars.
 *
 * @param {{ config: Record<string, unknown>; src: string }} testCase
 */
function settingsOf({ config: { only, ...config }, src }) {
  return {
    ...config,
    ...(Array.isArray(only) && { pii_types: only }),
    ...(src.startsWith('contextforge') && { ssn_style: 'stars' }),
  };
}

/**
 * What masks look like, through the plugin's own handler.
 *
 * @param {import('../adapter.mjs').AdapterTools} tools
 */
export function checkMasks({ readCases, report }) {
  for (const testCase of readCases('pii_mask.jsonl')) {
    const masked = mask(testCase.text, settingsOf(testCase));
    const problems = [
      ...testCase.must_contain.filter((/** @type {string} */ part) => !masked.includes(part)),
      ...testCase.must_not_contain.filter((/** @type {string} */ part) => masked.includes(part)),
      ...(testCase.equals === null || testCase.equals === masked ? [] : [testCase.equals]),
    ];
    const reason = deviations[testCase.id];
    if (reason !== undefined) report.deviate(testCase.id, reason);
    else if (problems.length === 0) report.pass();
    else report.fail(testCase.id, `${JSON.stringify(masked)} against ${JSON.stringify(problems)}`);
  }
}
