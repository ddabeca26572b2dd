// What a well-behaved plugin server answers, for servers that misbehave in one thing.

const hooks = ['tool_pre_invoke', 'tool_post_invoke'];

/** The answer to any message of a host; undefined when it wants none. */
export function answer(message, { fault = 'none', extra } = {}) {
  const { id, method, params } = message;
  if (id === undefined) return undefined;
  const result = (value) => ({ jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      if (fault === 'future-revision') return result({ protocolVersion: '2999-01-01', capabilities: {} });
      return result({
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'fault server', version: '0' },
      });
    case 'ping':
      return result({});
    case 'tools/list': {
      const names =
        fault === 'not-a-plugin-server'
          ? ['add']
          : ['get_plugin_config', 'get_plugin_configs', 'invoke_hook'];
      return result({ tools: names.map((name) => ({ name, inputSchema: { type: 'object' } })) });
    }
    case 'tools/call':
      if (params.name === 'get_plugin_config')
        return result(text(describe(params.arguments.name, fault, extra)));
      if (params.name === 'get_plugin_configs') return result(text([{ name: 'other', hooks }]));
      return hookReply(message, fault === 'foreign-context' ? {} : undefined, fault === 'foreign-context');
    default:
      return { jsonrpc: '2.0', id, error: { code: -32601, message: 'unknown method' } };
  }
}

/** The answer to a hook call: go on, with what `result` changes of it. */
export function hookReply({ id, params }, result = {}, isForeign = false) {
  const context = {
    state: { mine: 1 },
    global_context: {
      request_id: 'other',
      user: 'root',
      tenant_id: 'other',
      state: { stolen: true },
      metadata: { x: 1 },
    },
    metadata: {},
  };
  const reply = {
    plugin_name: params.arguments.plugin_name,
    result: {
      continue_processing: true,
      modified_payload: null,
      violation: null,
      metadata: { pid: process.pid },
      ...result,
    },
    ...(isForeign ? { context } : {}),
  };
  return { jsonrpc: '2.0', id, result: text(reply) };
}

function describe(name, fault, extra) {
  switch (fault) {
    case 'unknown-plugin':
      return {};
    case 'other-name':
      return { name: 'other', kind: 'x', hooks };
    case 'other-case':
      return { name: name.toUpperCase(), kind: 'x', hooks };
    case 'unknown-hooks':
      return { name, kind: 'x', hooks: ['identity_resolve'] };
    case 'says-disabled':
      return {
        name,
        kind: 'x',
        version: '9',
        hooks,
        mode: 'disabled',
        priority: -1,
        conditions: [{ tools: ['none'] }],
      };
    default:
      return {
        name,
        kind: 'x',
        version: extra ?? '1',
        hooks,
        tags: [],
        mode: 'enforce',
        priority: 50,
        conditions: [],
      };
  }
}

function text(value) {
  return { content: [{ type: 'text', text: JSON.stringify(value) }] };
}
