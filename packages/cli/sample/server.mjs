// An MCP server to try plugins on: two tools, one prompt, one resource, over stdio.
import { createInterface } from 'node:readline';

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const note = { uri: 'sample://note', name: 'note', mimeType: 'text/plain' };
const message = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };

const methods = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {}, prompts: {}, resources: {} },
    serverInfo: { name: 'mcpplugins-sample', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({
    tools: [
      { name: 'echo', description: 'Gives back what it is given', inputSchema: message },
      { name: 'read_note', description: 'Reads a note with a secret in it', inputSchema: { type: 'object' } },
    ],
  }),
  'tools/call': ({ name, arguments: args = {} }) => {
    if (name === 'echo') return text(`Echo: ${args.message}`);
    if (name === 'read_note') return text('A secret note: the SSN of Ada is 219-45-6789');
    throw new Error(`there is no tool ${name}; there are echo and read_note`);
  },
  'prompts/list': () => ({ prompts: [{ name: 'greet', arguments: [{ name: 'who', required: true }] }] }),
  'prompts/get': ({ arguments: args = {} }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Greet ${args.who}` } }],
  }),
  'resources/list': () => ({ resources: [note] }),
  'resources/read': ({ uri }) => ({ contents: [{ uri, mimeType: note.mimeType, text: 'A secret note' }] }),
};

function answer({ id, method, params = {} }) {
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handler === undefined) return { id, error: { code: -32601, message: `Method not found: ${method}` } };
  try {
    return { id, result: handler(params) };
  } catch (error) {
    return { id, error: { code: -32602, message: error.message } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.id !== undefined && request.method !== undefined) {
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...answer(request) })}\n`);
  }
}
