// One client's conversation with the fixture: every request that there is, and all that comes back.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as mcp from '@modelcontextprotocol/sdk/types.js';

/** @typedef {Record<string, unknown>} Params */

/**
 * @param {string} method
 * @param {Params} [params]
 */
const request = (method, params = {}) => ({ name: method, method, params });

/**
 * @param {string} name
 * @param {Params} [args]
 */
const tool = (name, args = {}) => ({
  ...request('tools/call', { name, arguments: args, _meta: { progressToken: name } }),
  name: `tool ${name}`,
});

/**
 * @param {string} name
 * @param {Params} [args]
 */
const prompt = (name, args = {}) => ({
  ...request('prompts/get', { name, arguments: args }),
  name: `prompt ${name}`,
});

/** @param {string} uri */
const resource = (uri) => ({ ...request('resources/read', { uri }), name: `resource ${uri}` });

const requests = [
  request('tools/list'),
  request('prompts/list'),
  request('resources/list'),
  request('resources/templates/list'),
  tool('test_simple_text'),
  tool('test_image_content'),
  tool('test_audio_content'),
  tool('test_embedded_resource'),
  tool('test_multiple_content_types'),
  tool('test_error_handling'),
  tool('test_tool_with_logging'),
  tool('test_tool_with_progress'),
  tool('test_sampling', { prompt: 'Say hello' }),
  tool('test_elicitation', { message: 'Who are you?' }),
  tool('test_elicitation_sep1034_defaults'),
  tool('test_elicitation_sep1330_enums'),
  tool('json_schema_2020_12_tool', { name: 'x', address: { street: 'y' } }),
  tool('no_such_tool'),
  prompt('test_simple_prompt'),
  prompt('test_prompt_with_arguments', { arg1: 'one', arg2: 'two' }),
  prompt('test_prompt_with_embedded_resource', { resourceUri: 'test://example-resource' }),
  prompt('test_prompt_with_image'),
  prompt('no_such_prompt'),
  resource('test://static-text'),
  resource('test://static-binary'),
  resource('test://template/7/data'),
  resource('test://nowhere'),
  request('completion/complete', {
    ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
    argument: { name: 'arg1', value: 'par' },
  }),
  request('resources/subscribe', { uri: 'test://watched-resource' }),
  request('resources/unsubscribe', { uri: 'test://watched-resource' }),
  request('logging/setLevel', { level: 'debug' }),
  request('ping'),
  request('unknown/method', { any: [1, { thing: null }] }),
];

/**
 * Makes every request, one after the other.
 *
 * @param {string} url
 */
export async function conversation(url) {
  /** What the server sent of its own accord: its requests and notifications, in order. @type {{ method: string, params?: unknown }[]} */
  const unasked = [];
  const client = new Client(
    { name: 'conversation', version: '1.0.0' },
    { capabilities: { sampling: {}, elicitation: {}, roots: {} } },
  );
  client.setRequestHandler(mcp.CreateMessageRequestSchema, () => ({
    role: 'assistant',
    content: { type: 'text', text: 'Hello' },
    model: 'none',
  }));
  client.setRequestHandler(mcp.ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
  const transport = new StreamableHTTPClientTransport(new URL(url));
  await client.connect(transport);
  // Read before the client does, which drops progress that comes in one piece with its answer.
  const handle = transport.onmessage;
  transport.onmessage = (message) => {
    if ('method' in message) unasked.push({ method: message.method, params: message.params });
    handle?.(message);
  };
  /** @type {Record<string, unknown>} */
  const answers = {
    initialize: [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()],
  };
  for (const { name, method, params } of requests) {
    answers[name] = await client
      .request({ method, params }, mcp.ResultSchema.loose())
      .then((result) => ({ result }))
      .catch((/** @type {mcp.McpError} */ { code, message, data }) => ({ error: { code, message, data } }));
  }
  await client.close();
  return { answers, unasked };
}
