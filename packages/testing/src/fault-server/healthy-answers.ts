/** A message of a host, as far as fault servers look at it. */
export interface HostMessage {
  readonly id?: number | string | undefined;
  readonly method?: string | undefined;
  readonly error?: { readonly code?: number } | undefined;
  readonly params?:
    | {
        readonly name?: string;
        readonly protocolVersion?: string;
        readonly arguments?: {
          readonly name?: string;
          readonly plugin_name?: string;
          readonly payload?: { readonly args?: { readonly fault?: string } };
        };
      }
    | undefined;
}

/** What a server does wrong from its start on, besides the faults of single calls. */
export interface StandingFault {
  readonly fault?: string | undefined;
  /** The version that the plugin says it has. */
  readonly version?: string | undefined;
}

/** A JSON-RPC message of a fault server. */
export type ServerMessage = Readonly<Record<string, unknown>>;

const hooks = ['tool_pre_invoke', 'tool_post_invoke'];

/** The answer of a well-behaved plugin server to any message of a host; undefined when it wants none. */
export function healthyAnswer(message: HostMessage, standing: StandingFault = {}): ServerMessage | undefined {
  const { id, method, params } = message;
  if (id === undefined || method === undefined) return undefined;
  const result = (value: object): ServerMessage => ({ jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      if (standing.fault === 'future-revision')
        return result({ protocolVersion: '2999-01-01', capabilities: {} });
      return result({
        protocolVersion: params?.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'fault server', version: '0' },
      });
    case 'ping':
      return result({});
    case 'tools/list': {
      const names =
        standing.fault === 'not-a-plugin-server'
          ? ['add']
          : ['get_plugin_config', 'get_plugin_configs', 'invoke_hook'];
      return result({ tools: names.map((name) => ({ name, inputSchema: { type: 'object' } })) });
    }
    case 'tools/call':
      if (params?.name === 'get_plugin_config')
        return result(text(describe(params.arguments?.name ?? '', standing)));
      if (params?.name === 'get_plugin_configs') return result(text([{ name: 'other', hooks }]));
      return hookReply(message, standing.fault === 'foreign-context' ? { context: foreignContext } : {});
    default:
      return { jsonrpc: '2.0', id, error: { code: -32_601, message: 'unknown method' } };
  }
}

/** What `hookReply` changes of a plain "go on". */
export interface ReplyChanges {
  readonly modified_payload?: object;
  readonly metadata?: unknown;
  readonly context?: object;
}

/** The answer to a hook call: go on, with changes. */
export function hookReply(
  { id, params }: HostMessage,
  { context, ...result }: ReplyChanges = {},
): ServerMessage {
  const reply = {
    plugin_name: params?.arguments?.plugin_name,
    result: {
      continue_processing: true,
      modified_payload: null,
      violation: null,
      metadata: { pid: process.pid },
      ...result,
    },
    ...(context === undefined ? {} : { context }),
  };
  return { jsonrpc: '2.0', id, result: text(reply) };
}

/** The fault that a hook call asks for. */
export function faultOf({ params }: HostMessage): string {
  return params?.arguments?.payload?.args?.fault ?? '';
}

/** The text of a healthy answer with other JSON in the place of its metadata. */
export function replyWith(message: HostMessage, metadata: string): string {
  return JSON.stringify(hookReply(message, { metadata: 'HERE' })).replace('\\"HERE\\"', () => metadata);
}

/** JSON that is nested 20 000 deep. */
export const deepJson = '['.repeat(20_000) + ']'.repeat(20_000);

const foreignContext = {
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

function describe(name: string, { fault = 'none', version = '1' }: StandingFault): object {
  const plain = { name, kind: 'x', version, hooks, tags: [], mode: 'enforce', priority: 50, conditions: [] };
  switch (fault) {
    case 'unknown-plugin':
      return {};
    case 'other-name':
      return { ...plain, name: 'other' };
    case 'other-case':
      return { ...plain, name: name.toUpperCase() };
    case 'unknown-hooks':
      return { ...plain, hooks: ['identity_resolve'] };
    case 'says-disabled':
      return { ...plain, mode: 'disabled', priority: -1, conditions: [{ tools: ['none'] }] };
    default:
      return plain;
  }
}

function text(value: object): {
  readonly content: readonly [{ readonly type: 'text'; readonly text: string }];
} {
  return { content: [{ type: 'text', text: JSON.stringify(value) }] };
}
