const payload = { name: 'search', args: { query: 'x' } };
const proceeding = { name: 'next', does: { tool_pre_invoke: { do: /** @type {const} */ ('proceed') } } };

/**
 * What an error or timeout does, by mode and on_error. The first plugin of each case fails, the second proceeds.
 *
 * @type {readonly [string, import('../run-case.mjs').CasePlugin['config'], import('../behaviour.mjs').Behaviour, string][]}
 */
const ignored = [
  [
    'an error in enforce_ignore_error',
    { mode: 'enforce_ignore_error' },
    { do: 'throw', message: 'no' },
    'error error_ignored',
  ],
  ['an error in permissive', { mode: 'permissive' }, { do: 'throw', message: 'no' }, 'error error_ignored'],
  ['an error in audit', { mode: 'audit' }, { do: 'throw', message: 'no' }, 'error error_ignored'],
  [
    'an error with on_error: ignore',
    { onError: 'ignore' },
    { do: 'throw', message: 'no' },
    'error error_ignored',
  ],
  [
    'a timeout in permissive',
    { mode: 'permissive', timeout: 0.2 },
    { do: 'hang' },
    'timeout timeout_ignored',
  ],
  [
    'a result that is none, in permissive',
    { mode: 'permissive' },
    { do: 'return', value: 'garbage' },
    'error error_ignored',
  ],
];

/** @type {readonly import('../run-case.mjs').BehaviourCase[]} */
export const failureCases = [
  ...ignored.map(([name, config, behaviour, record]) => ({
    name: `${name} lets the call go on`,
    plugins: [{ name: 'failing', does: { tool_pre_invoke: behaviour }, config }, proceeding],
    calls: [
      {
        hook: /** @type {const} */ ('tool_pre_invoke'),
        payload,
        expect: { records: [`failing ${record}`, 'next ran proceed'] },
      },
    ],
  })),
  {
    name: 'an error in permissive with on_error: fail blocks',
    plugins: [
      {
        name: 'failing',
        does: { tool_pre_invoke: { do: 'throw', message: 'no' } },
        config: { mode: 'permissive', onError: 'fail' },
      },
      proceeding,
    ],
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload,
        expect: { violation: { code: 'PLUGIN_ERROR' }, records: ['failing error', 'next skipped blocked'] },
      },
    ],
  },
  {
    name: 'fail_on_plugin_error makes an error in permissive block',
    plugins: [
      {
        name: 'failing',
        does: { tool_pre_invoke: { do: 'throw', message: 'no' } },
        config: { mode: 'permissive' },
      },
    ],
    settings: { failOnPluginError: true },
    calls: [{ hook: 'tool_pre_invoke', payload, expect: { violation: { code: 'PLUGIN_ERROR' } } }],
  },
  {
    name: 'on_error: disable switches the plugin off after its first error',
    plugins: [
      {
        name: 'failing',
        does: { tool_pre_invoke: { do: 'throw', message: 'no' } },
        config: { mode: 'permissive', onError: 'disable' },
      },
    ],
    calls: [
      { hook: 'tool_pre_invoke', payload, expect: { records: ['failing error error_ignored'] } },
      { hook: 'tool_pre_invoke', payload, expect: { records: ['failing skipped on_error_disabled'] } },
    ],
  },
  {
    name: 'a post hook runs on the error of its target',
    plugins: [
      { name: 'reader', does: { tool_post_invoke: { do: 'report_payload' } } },
      {
        name: 'changing',
        does: {
          tool_post_invoke: { do: 'modify', change: { error: { code: -32000, message: 'Not available' } } },
        },
      },
    ],
    calls: [
      {
        hook: 'tool_post_invoke',
        payload: { name: 'search', error: { code: -32603, message: 'stack trace', data: { at: 'x' } } },
        expect: {
          metadata: {
            payload: { name: 'search', error: { code: -32603, message: 'stack trace', data: { at: 'x' } } },
          },
          modifiedPayload: { name: 'search', error: { code: -32000, message: 'Not available' } },
        },
      },
    ],
  },
];
