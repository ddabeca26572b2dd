/**
 * Each of the six hooks with a payload, and a change of what is writable in it.
 *
 * @type {readonly { hook: import('../behaviour.mjs').HookName, payload: Record<string, unknown>, change: Record<string, unknown>, locked: Record<string, unknown> }[]}
 */
export const hooks = [
  {
    hook: 'prompt_pre_fetch',
    payload: { name: 'greeting', args: { who: 'Ada' } },
    change: { args: { who: 'Grace' } },
    locked: { name: 'other' },
  },
  {
    hook: 'prompt_post_fetch',
    payload: {
      name: 'greeting',
      result: { messages: [{ role: 'user', content: { type: 'text', text: 'Greet Ada.' } }] },
    },
    change: { result: { messages: [] } },
    locked: { name: 'other' },
  },
  {
    hook: 'tool_pre_invoke',
    payload: {
      name: 'search',
      args: { query: 'x', max_results: 3, nested: { agentId: 'a', agent_id: 'b' } },
    },
    change: { args: { query: 'y' } },
    locked: { name: 'other' },
  },
  {
    hook: 'tool_post_invoke',
    payload: {
      name: 'search',
      result: { content: [{ type: 'text', text: 'found' }], structuredContent: { hits: 1 }, isError: false },
    },
    change: { result: { content: [{ type: 'text', text: '***' }] } },
    locked: { name: 'other' },
  },
  {
    hook: 'resource_pre_fetch',
    payload: { uri: 'file:///a.md', metadata: { traceId: 't' } },
    change: { metadata: { traceId: 'u' } },
    locked: { uri: 'file:///b.md' },
  },
  {
    hook: 'resource_post_fetch',
    payload: {
      uri: 'file:///a.md',
      content: { contents: [{ uri: 'file:///a.md', mimeType: 'text/plain', text: 'a' }] },
    },
    change: { content: { contents: [] } },
    locked: { uri: 'file:///b.md' },
  },
];
