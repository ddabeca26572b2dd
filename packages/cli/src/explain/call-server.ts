import { FrameworkError, nearestName, type PluginManager } from '@mcpplugins/framework-core';
import { violationMetaKey } from '@mcpplugins/gateway';
import type { JsonRpcResponse, MessageBody } from '@mcpplugins/mcp-transport';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Operation, OperationKind } from '../guard/operation.js';
import type { McpSession } from '../mcp/mcp-session.js';
import { startServer } from '../mcp/start-server.js';
import type { Terminal } from '../terminal.js';
import type { CallEnd, ExplainOptions } from './explain.js';

const methods = {
  tool: { call: 'tools/call', list: 'tools/list', key: 'tools', id: 'name' },
  prompt: { call: 'prompts/get', list: 'prompts/list', key: 'prompts', id: 'name' },
  resource: { call: 'resources/read', list: 'resources/list', key: 'resources', id: 'uri' },
} as const satisfies Record<OperationKind, object>;

/** A call, and what else the server has of the kind that was called; nothing of resources. */
export interface ServerCall {
  readonly end: CallEnd;
  readonly operations: readonly Operation[];
}

/**
 * Starts the server behind the plugins and makes one real call.
 * @throws FrameworkError `SERVER_CALL_FAILED`, `TARGET_NOT_FOUND`
 */
export async function callServer(
  options: ExplainOptions,
  manager: PluginManager,
  terminal: Terminal,
): Promise<ServerCall> {
  const { operation, args, command, server } = options;
  await using running = await startServer({ command, terminal, manager, serverName: server });
  // A URI may come from a template, which no list has.
  const targets = operation.kind === 'resource' ? [] : await listTargets(operation, running.session);
  const params: MessageBody =
    operation.kind === 'resource' ? { uri: operation.target } : { name: operation.target, arguments: args };
  const end = endOf(await running.session.request(methods[operation.kind].call, params));
  return { end, operations: targets.map((target) => ({ kind: operation.kind, target })) };
}

/** Everything of this kind that the server has. */
async function listTargets({ kind, target }: Operation, session: McpSession): Promise<readonly string[]> {
  const { list, key, id } = methods[kind];
  const names = (await session.list(list, key)).map((item) => String(item[id]));
  if (names.includes(target)) return names;
  const nearest = nearestName(target, names);
  const advice =
    nearest === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean "${nearest}"?`;
  throw new FrameworkError<CliErrorCode>(
    'TARGET_NOT_FOUND',
    `the server has no ${kind} "${target}"; ${advice}`,
  );
}

function endOf(response: JsonRpcResponse): CallEnd {
  if ('error' in response) {
    const { data, message } = response.error;
    const violation = refusalOf(data, message);
    return violation === undefined ? { end: 'failed', error: message } : { end: 'blocked', violation };
  }
  const violation = violationOf(response.result._meta);
  return violation === undefined ? { end: 'answered' } : { end: 'blocked', violation };
}

function violationOf(holder: unknown): CallEnd['violation'] {
  const violation = (holder as Readonly<Record<string, unknown>> | undefined)?.[violationMetaKey];
  return violation as CallEnd['violation'];
}

/** The violation in the error that the gateway answers with where a result cannot say that it was refused. */
function refusalOf(data: unknown, message: string): CallEnd['violation'] {
  const {
    plugin_error_code: code,
    plugin_name: plugin,
    description,
  } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string' || typeof plugin !== 'string') return undefined;
  return { code, plugin, reason: typeof description === 'string' ? description : message };
}
