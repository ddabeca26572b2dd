import { createPluginContext } from '@mcpplugins/framework-core';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import { defineAdapter } from '../adapter.mjs';

/** Types of `pii_core.jsonl` that this adapter scores, and the share of their values that must be masked. */
const scoredTypes = { email: 0.9, ssn: 0.9, credit_card: 0.9 };

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

/** @param {import('../adapter.mjs').AdapterTools} tools */
function checkMasks({ readCases, report }) {
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

/** @param {import('../adapter.mjs').AdapterTools} tools */
function scoreCore({ readCases, report }) {
  const cases = readCases('pii_core.jsonl');
  for (const [type, atLeast] of Object.entries(scoredTypes)) {
    const ofType = cases.filter((testCase) => testCase.type === type);
    const hits = ofType.filter(({ expect }) => expect === 'hit');
    const misses = ofType.filter(({ expect }) => expect === 'miss');
    let found = 0;
    for (const { text, spans } of hits) {
      const masked = mask(text, { pii_types: [type] });
      // Some sources give a count and no places.
      const kept = spans?.some((/** @type {[number, number]} */ [start, end]) =>
        masked.includes(text.slice(start, end)),
      );
      if (masked !== text && !kept) found += 1;
    }
    report.score(`recall ${type}`, found, hits.length, { atLeast });
    let quiet = 0;
    for (const { text } of misses) if (mask(text, { pii_types: [type] }) === text) quiet += 1;
    if (misses.length > 0) report.score(`left alone ${type}`, quiet, misses.length);
  }
}

/** The first look at the PII filter: does it mask what others say it should, through its own handler. */
export default defineAdapter({
  title: "the PII filter's tool_pre_invoke on masks and on e-mail, SSN and card numbers",
  files: ['pii_mask.jsonl', 'pii_core.jsonl'],
  run(tools) {
    checkMasks(tools);
    scoreCore(tools);
  },
});
