const payload = { name: 'search', args: { query: 'x' } };

/** @type {(name: string, query: string) => import('../run-case.mjs').CasePlugin} */
const changing = (name, query) => ({
  name,
  does: { tool_pre_invoke: { do: 'modify', change: { args: { query } }, metadata: { last: name } } },
});

/**
 * Several plugins on one hook.
 *
 * @type {readonly import('../run-case.mjs').BehaviourCase[]}
 */
export const orderCases = [
  {
    name: 'plugins run by priority, and in file order where it is equal; the last change and metadata win',
    plugins: [
      { ...changing('late', 'late'), config: { priority: 200 } },
      changing('first', 'first'),
      changing('second', 'second'),
      { ...changing('early', 'early'), config: { priority: 1 } },
    ],
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload,
        expect: {
          modifiedPayload: { name: 'search', args: { query: 'late' } },
          metadata: { last: 'late' },
          records: ['early ran modify', 'first ran modify', 'second ran modify', 'late ran modify'],
        },
      },
    ],
  },
  {
    name: 'a plugin gets what the one before it made of the payload',
    plugins: [
      changing('changing', 'y'),
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_payload' } } },
    ],
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload,
        expect: {
          modifiedPayload: { name: 'search', args: { query: 'y' } },
          metadata: { last: 'changing', payload: { name: 'search', args: { query: 'y' } } },
        },
      },
    ],
  },
  {
    name: 'the first violation ends the call',
    plugins: [
      changing('changing', 'y'),
      {
        name: 'guard',
        does: { tool_pre_invoke: { do: 'block', violation: { code: 'FIRST', reason: 'First' } } },
      },
      {
        name: 'other',
        does: { tool_pre_invoke: { do: 'block', violation: { code: 'SECOND', reason: 'Second' } } },
      },
    ],
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload,
        expect: {
          violation: { code: 'FIRST', plugin: 'guard' },
          metadata: { last: 'changing' },
          records: ['changing ran modify', 'guard ran block', 'other skipped blocked'],
        },
      },
    ],
  },
  {
    name: 'plugins of one band get one input, and their changes are merged',
    plugins: [
      { name: 'args', does: { tool_pre_invoke: { do: 'modify', change: { args: { query: 'y' } } } } },
      {
        name: 'headers',
        does: { tool_pre_invoke: { do: 'modify', change: { headers: { 'x-trace': '1' } } } },
      },
    ],
    settings: { parallelExecutionWithinBand: true },
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload,
        expect: { modifiedPayload: { name: 'search', args: { query: 'y' }, headers: { 'x-trace': '1' } } },
      },
    ],
  },
  {
    name: 'a condition that does not hold skips the plugin',
    plugins: [{ ...changing('changing', 'y'), config: { conditions: [{ tools: ['read_*'] }] } }],
    calls: [{ hook: 'tool_pre_invoke', payload, expect: { records: ['changing skipped condition'] } }],
  },
  {
    name: 'a disabled plugin is shown as skipped',
    plugins: [{ ...changing('changing', 'y'), config: { mode: 'disabled' } }],
    calls: [{ hook: 'tool_pre_invoke', payload, expect: { records: ['changing skipped disabled'] } }],
  },
];
