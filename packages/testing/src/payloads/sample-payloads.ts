import type { HookName, PayloadOf } from '@mcpplugins/framework-core';

const call = { method: 'POST', headers: { accept: 'application/json' } };
const server = { info: { name: 'files', command: 'npx', args: ['-y', 'files-server'] } };
const serverDone = { ...server, operationSuccess: true };
const gateway = { info: { id: 'gateway-1', name: 'branch' } };
const gatewayDone = { ...gateway, operationSuccess: true };

/** A payload for each built-in hook, as a host would hand it over: required fields, and a `result` in post hooks. */
export const samplePayloads: { readonly [Hook in HookName]: PayloadOf<Hook> } = {
  prompt_pre_fetch: { name: 'greeting', args: { name: 'Ada' } },
  prompt_post_fetch: {
    name: 'greeting',
    result: { messages: [{ role: 'user', content: { type: 'text', text: 'Greet Ada.' } }] },
  },
  tool_pre_invoke: { name: 'echo', args: { text: 'hello' } },
  tool_post_invoke: { name: 'echo', result: { content: [{ type: 'text', text: 'hello' }] } },
  resource_pre_fetch: { uri: 'file:///notes/today.md' },
  resource_post_fetch: {
    uri: 'file:///notes/today.md',
    content: { contents: [{ uri: 'file:///notes/today.md', mimeType: 'text/markdown', text: '# Today' }] },
  },
  agent_pre_invoke: { agentId: 'planner', messages: [{ role: 'user', content: 'Plan the day.' }] },
  agent_post_invoke: { agentId: 'planner', messages: [{ role: 'assistant', content: 'Done.' }] },
  tool_post_list: { result: { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] } },
  prompt_post_list: { result: { prompts: [{ name: 'greeting' }] } },
  resource_post_list: { result: { resources: [{ uri: 'file:///notes/today.md', name: 'today' }] } },
  roots_post_list: { result: { roots: [{ uri: 'file:///notes', name: 'notes' }] } },
  sampling_pre_create: {
    params: { messages: [{ role: 'user', content: { type: 'text', text: 'Sum up.' } }], maxTokens: 100 },
  },
  sampling_post_complete: {
    result: { role: 'assistant', model: 'model-1', content: { type: 'text', text: 'In short.' } },
  },
  elicitation_pre_create: {
    params: {
      message: 'Which city?',
      requestedSchema: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
  elicitation_post_response: { result: { action: 'accept', content: { city: 'London' } } },
  completion_pre_complete: {
    params: { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'city', value: 'Lon' } },
  },
  completion_post_complete: { result: { completion: { values: ['London'], total: 1, hasMore: false } } },
  notification_pre_send: {
    method: 'notifications/message',
    params: { level: 'info', data: 'Looked up the weather.' },
  },
  http_pre_forwarding_call: { url: 'https://upstream.example/mcp', ...call },
  http_post_forwarding_call: {
    url: 'https://upstream.example/mcp',
    ...call,
    statusCode: 200,
    responseHeaders: { 'content-type': 'application/json' },
  },
  http_pre_request: { path: '/mcp', ...call },
  http_post_request: {
    path: '/mcp',
    ...call,
    statusCode: 200,
    responseHeaders: { 'content-type': 'application/json' },
  },
  http_auth_resolve_user: { headers: { accept: 'application/json' } },
  http_auth_check_permission: {
    userEmail: 'ada@example.com',
    permission: 'tools.execute',
    resourceType: 'tool',
    isAdmin: false,
  },
  server_pre_register: server,
  server_post_register: serverDone,
  server_pre_update: server,
  server_post_update: serverDone,
  server_pre_delete: server,
  server_post_delete: serverDone,
  server_pre_status_change: server,
  server_post_status_change: serverDone,
  gateway_pre_register: gateway,
  gateway_post_register: gatewayDone,
  gateway_pre_update: gateway,
  gateway_post_update: gatewayDone,
  gateway_pre_delete: gateway,
  gateway_post_delete: gatewayDone,
  gateway_pre_status_change: gateway,
  gateway_post_status_change: gatewayDone,
  auth_pre_check: { path: '/mcp', ...call },
  auth_post_check: { result: { user: 'ada' } },
  federation_pre_sync: { peer: 'branch', items: [{ name: 'echo' }] },
  federation_post_sync: { peer: 'branch', result: { items: 1 } },
};
