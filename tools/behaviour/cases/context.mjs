const tool = { name: 'search', args: { query: 'x' } };
const result = { name: 'search', result: { content: [] } };

/**
 * State, private state and identity.
 *
 * @type {readonly import('../run-case.mjs').BehaviourCase[]}
 */
export const contextCases = [
  {
    name: 'state is shared with the plugins that come later',
    plugins: [
      {
        name: 'writer',
        does: { tool_pre_invoke: { do: 'set_state', key: 'risk', value: { level: 2, is_new: true } } },
      },
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_state', key: 'risk' } } },
    ],
    calls: [
      { hook: 'tool_pre_invoke', payload: tool, expect: { metadata: { state: { level: 2, is_new: true } } } },
    ],
  },
  {
    name: 'state is kept from the pre to the post hook',
    plugins: [
      {
        name: 'keeper',
        does: {
          tool_pre_invoke: { do: 'set_state', key: 'seen', value: [1, 'two', null] },
          tool_post_invoke: { do: 'report_state', key: 'seen' },
        },
      },
    ],
    calls: [
      { hook: 'tool_pre_invoke', payload: tool, expect: {} },
      { hook: 'tool_post_invoke', payload: result, expect: { metadata: { state: [1, 'two', null] } } },
    ],
  },
  {
    name: 'state can be deleted',
    plugins: [
      { name: 'writer', does: { tool_pre_invoke: { do: 'set_state', key: 'risk', value: 1 } } },
      { name: 'deleter', does: { tool_pre_invoke: { do: 'delete_state', key: 'risk' } } },
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_state', key: 'risk' } } },
    ],
    calls: [{ hook: 'tool_pre_invoke', payload: tool, expect: { metadata: { state: null } } }],
  },
  {
    name: 'state of a plugin that fails afterwards is gone',
    plugins: [
      {
        name: 'writer',
        does: {
          tool_pre_invoke: {
            do: 'set_state',
            key: 'risk',
            value: 1,
            andThen: { do: 'throw', message: 'no' },
          },
        },
        config: { mode: 'permissive' },
      },
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_state', key: 'risk' } } },
    ],
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload: tool,
        expect: { metadata: { state: null }, records: ['writer error error_ignored', 'reader ran proceed'] },
      },
    ],
  },
  {
    name: 'state that is written in audit is gone',
    plugins: [
      {
        name: 'writer',
        does: { tool_pre_invoke: { do: 'set_state', key: 'risk', value: 1 } },
        config: { mode: 'audit' },
      },
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_state', key: 'risk' } } },
    ],
    calls: [{ hook: 'tool_pre_invoke', payload: tool, expect: { metadata: { state: null } } }],
  },
  {
    name: 'private state is kept for the same plugin',
    plugins: [
      {
        name: 'keeper',
        does: {
          tool_pre_invoke: { do: 'set_local', key: 'started', value: 7 },
          tool_post_invoke: { do: 'report_local', key: 'started' },
        },
      },
    ],
    calls: [
      { hook: 'tool_pre_invoke', payload: tool, expect: {} },
      { hook: 'tool_post_invoke', payload: result, expect: { metadata: { local: 7 } } },
    ],
  },
  {
    name: 'private state is not seen by another plugin',
    plugins: [
      { name: 'writer', does: { tool_pre_invoke: { do: 'set_local', key: 'started', value: 7 } } },
      { name: 'reader', does: { tool_pre_invoke: { do: 'report_local', key: 'started' } } },
    ],
    calls: [{ hook: 'tool_pre_invoke', payload: tool, expect: { metadata: { local: null } } }],
  },
  {
    name: 'identity is what the host said',
    plugins: [{ name: 'reader', does: { tool_pre_invoke: { do: 'report_identity' } } }],
    global: { requestId: 'r-1', user: 'ada', tenantId: 't-1', serverId: 's-1' },
    calls: [
      {
        hook: 'tool_pre_invoke',
        payload: tool,
        expect: {
          metadata: { identity: { requestId: 'r-1', user: 'ada', tenantId: 't-1', serverId: 's-1' } },
        },
      },
    ],
  },
];
