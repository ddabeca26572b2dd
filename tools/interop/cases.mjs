/**
 * The hook calls of the interop cases: what a plugin is asked to do on each hook, and what a host must see of it. The name
 * (or the end of the uri) is what the plugin does.
 *
 * @typedef {object} InteropCase
 * @property {string} hook
 * @property {'proceed' | 'modify' | 'block' | 'error' | 'state'} does
 * @property {Record<string, unknown>} payload in the shape of our contracts
 * @property {Record<string, unknown>} [modified] what the payload becomes
 */

const secret = 'a SECRET here';
const masked = 'a ****** here';

/** @type {readonly { hook: string, target: 'name' | 'uri', body: (text: string) => Record<string, unknown> }[]} */
const hooks = [
  { hook: 'prompt_pre_fetch', target: 'name', body: (text) => ({ args: { topic: text } }) },
  {
    hook: 'prompt_post_fetch',
    target: 'name',
    body: (text) => ({ result: { messages: [{ role: 'user', content: { type: 'text', text } }] } }),
  },
  {
    hook: 'tool_pre_invoke',
    target: 'name',
    body: (text) => ({ args: { query: text, deep: [{ none: null }] } }),
  },
  {
    hook: 'tool_post_invoke',
    target: 'name',
    body: (text) => ({
      result: { content: [{ type: 'text', text }], structuredContent: { text }, isError: false },
    }),
  },
  {
    hook: 'resource_pre_fetch',
    target: 'uri',
    body: (text) => ({ metadata: text === secret ? {} : { masked: true } }),
  },
  {
    hook: 'resource_post_fetch',
    target: 'uri',
    body: (text) => ({ content: { contents: [{ uri: 'test://x/modify', text }] } }),
  },
];

/** Every case: each of the six hooks, each thing that a plugin can do. @type {readonly InteropCase[]} */
export const cases = hooks.flatMap(({ hook, target, body }) =>
  /** @type {const} */ (['proceed', 'modify', 'block', 'error', 'state']).map((does) => {
    const named = { [target]: target === 'uri' ? `test://x/${does}` : does };
    return {
      hook,
      does,
      payload: { ...named, ...body(secret) },
      ...(does === 'modify' && { modified: { ...named, ...body(masked) } }),
    };
  }),
);
