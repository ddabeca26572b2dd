// The server that the conformance suite asks for, written to the requirements that its scenarios state.
//   node fixture-server.mjs stdio
//   node fixture-server.mjs http        prints its URL
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as mcp from '@modelcontextprotocol/sdk/types.js';
import { createEventStore } from './event-store.mjs';
import { pixel, prompts, resources, resourceTemplates, silence, tools } from './fixture-texts.mjs';

/**
 * @typedef {import('@modelcontextprotocol/sdk/shared/protocol.js').RequestHandlerExtra<
 *   import('@modelcontextprotocol/sdk/types.js').ServerRequest,
 *   import('@modelcontextprotocol/sdk/types.js').ServerNotification
 * >} Extra
 */

/**
 * Sessions of the HTTP server.
 *
 * @type {Map<string, StreamableHTTPServerTransport>}
 */
const transports = new Map();

/** @param {string} value */
const text = (value) => ({ content: [{ type: 'text', text: value }] });

/**
 * What each tool does.
 *
 * @type {Record<string, (args: Record<string, any>, extra: Extra) => object | Promise<object>>}
 */
const calls = {
  test_simple_text: () => text('This is a simple text response for testing.'),
  test_image_content: () => ({ content: [{ type: 'image', data: pixel, mimeType: 'image/png' }] }),
  test_audio_content: () => ({ content: [{ type: 'audio', data: silence, mimeType: 'audio/wav' }] }),
  test_embedded_resource: () => ({
    content: [
      {
        type: 'resource',
        resource: {
          uri: 'test://embedded-resource',
          mimeType: 'text/plain',
          text: 'This is an embedded resource content.',
        },
      },
    ],
  }),
  test_multiple_content_types: () => ({
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      { type: 'image', data: pixel, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: JSON.stringify({ test: 'data', value: 123 }),
        },
      },
    ],
  }),
  test_error_handling: () => ({
    ...text('This tool intentionally returns an error for testing'),
    isError: true,
  }),
  async test_tool_with_logging(_args, { sendNotification }) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
      await delay(50);
    }
    return text('Logged three times');
  },
  async test_tool_with_progress(_args, { _meta, sendNotification }) {
    for (const progress of [0, 50, 100]) {
      const progressToken = _meta?.progressToken;
      if (progressToken !== undefined) {
        await sendNotification({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100 },
        });
      }
      await delay(50);
    }
    return text('Done');
  },
  async test_sampling({ prompt }, { sendRequest }) {
    /** @type {import('@modelcontextprotocol/sdk/types.js').CreateMessageRequest['params']} */
    const params = { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 };
    const { content } = await sendRequest(
      { method: 'sampling/createMessage', params },
      mcp.CreateMessageResultSchema,
    );
    return text(`LLM response: ${content.type === 'text' ? content.text : content.type}`);
  },
  test_elicitation: ({ message }, extra) =>
    elicit(extra, 'User response', message, {
      properties: {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      },
      required: ['username', 'email'],
    }),
  test_elicitation_sep1034_defaults: (_args, extra) =>
    elicit(extra, 'Elicitation completed', 'Please check the defaults', {
      properties: {
        name: { type: 'string', default: 'John Doe' },
        age: { type: 'integer', default: 30 },
        score: { type: 'number', default: 95.5 },
        status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
        verified: { type: 'boolean', default: true },
      },
    }),
  test_elicitation_sep1330_enums: (_args, extra) => {
    const titled = (/** @type {string} */ word) =>
      [1, 2, 3].map((n) => ({ const: `value${n}`, title: `${['First', 'Second', 'Third'][n - 1]} ${word}` }));
    const plain = ['option1', 'option2', 'option3'];
    return elicit(extra, 'Elicitation completed', 'Please choose', {
      properties: {
        untitledSingle: { type: 'string', enum: plain },
        titledSingle: { type: 'string', oneOf: titled('Option') },
        legacyEnum: {
          type: 'string',
          enum: ['opt1', 'opt2', 'opt3'],
          enumNames: ['Option One', 'Option Two', 'Option Three'],
        },
        untitledMulti: { type: 'array', items: { type: 'string', enum: plain } },
        titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
      },
    });
  },
  async test_reconnection(_args, { closeSSEStream }) {
    closeSSEStream?.();
    // Longer than a gateway waits before it turns an answer into a stream that can be resumed.
    await delay(1000);
    return text('Reconnection test completed');
  },
  json_schema_2020_12_tool: (args) => text(JSON.stringify(args)),
};

/**
 * @param {Extra} extra
 * @param {string} label
 * @param {string} message
 * @param {Omit<import('@modelcontextprotocol/sdk/types.js').ElicitRequestFormParams['requestedSchema'], 'type'>} schema
 */
async function elicit({ sendRequest }, label, message, schema) {
  /** @type {import('@modelcontextprotocol/sdk/types.js').ElicitRequestFormParams} */
  const params = { mode: 'form', message, requestedSchema: { type: 'object', ...schema } };
  const answer = await sendRequest({ method: 'elicitation/create', params }, mcp.ElicitResultSchema);
  return text(`${label}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

function createFixture() {
  const server = new Server(
    { name: 'conformance-fixture', version: '1.0.0' },
    {
      capabilities: {
        tools: {},
        prompts: {},
        resources: { subscribe: true },
        completions: {},
        logging: {},
      },
    },
  );
  server.setRequestHandler(mcp.ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(mcp.CallToolRequestSchema, ({ params }, extra) => {
    const call = Object.hasOwn(calls, params.name) ? calls[params.name] : undefined;
    if (call === undefined) throw new mcp.McpError(mcp.ErrorCode.InvalidParams, `no tool "${params.name}"`);
    return call(params.arguments ?? {}, extra);
  });
  server.setRequestHandler(mcp.ListPromptsRequestSchema, () => ({
    prompts: Object.values(prompts).map(({ definition }) => definition),
  }));
  server.setRequestHandler(mcp.GetPromptRequestSchema, ({ params }) => {
    const prompt = Object.hasOwn(prompts, params.name) ? prompts[params.name] : undefined;
    if (prompt === undefined)
      throw new mcp.McpError(mcp.ErrorCode.InvalidParams, `no prompt "${params.name}"`);
    return { messages: prompt.messages(params.arguments ?? {}) };
  });
  server.setRequestHandler(mcp.ListResourcesRequestSchema, () => ({
    resources: Object.values(resources).map(({ definition }) => definition),
  }));
  server.setRequestHandler(mcp.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates }));
  server.setRequestHandler(mcp.ReadResourceRequestSchema, ({ params: { uri } }) => {
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
    if (id !== undefined) {
      const data = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
      return { contents: [{ uri, mimeType: 'application/json', text: data }] };
    }
    const resource = Object.hasOwn(resources, uri) ? resources[uri] : undefined;
    if (resource === undefined) throw new mcp.McpError(-32002, `no resource "${uri}"`, { uri });
    return { contents: [{ uri, ...resource.content }] };
  });
  server.setRequestHandler(mcp.SubscribeRequestSchema, () => ({}));
  server.setRequestHandler(mcp.UnsubscribeRequestSchema, () => ({}));
  server.setRequestHandler(mcp.CompleteRequestSchema, ({ params: { argument } }) => {
    const values = ['paris', 'park', 'party'].filter((value) => value.startsWith(argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
  });
  return server;
}

/** @returns {Promise<StreamableHTTPServerTransport>} */
async function openSession() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    eventStore: createEventStore(),
    retryInterval: 500,
    onsessioninitialized: (id) => void transports.set(id, transport),
    onsessionclosed: (id) => void transports.delete(id),
  });
  await createFixture().connect(transport);
  return transport;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} port
 */
async function handle(request, response, port) {
  const { host = '', origin } = request.headers;
  const allowed = [`localhost:${port}`, `127.0.0.1:${port}`];
  if (!allowed.includes(host) || (origin !== undefined && !allowed.includes(new URL(origin).host))) {
    response.writeHead(403).end();
    return;
  }
  const id = request.headers['mcp-session-id'];
  const transport = id === undefined ? await openSession() : transports.get(String(id));
  if (transport === undefined) response.writeHead(404).end();
  else await transport.handleRequest(request, response);
}

function serveHttp() {
  const server = createServer((request, response) => void handle(request, response, portOf()));
  const portOf = () => {
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  };
  server.listen(0, '127.0.0.1', () => console.log(`http://localhost:${portOf()}/mcp`));
}

if (process.argv[2] === 'http') serveHttp();
else await createFixture().connect(new StdioServerTransport());
