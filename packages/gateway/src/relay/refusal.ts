import { FrameworkError, type OutcomeViolation } from '@mcpplugins/framework-core';
import type { JsonRpcErrorObject, JsonRpcResponse, RequestId } from '@mcpplugins/mcp-transport';
import { rpcCodes } from '../rpc-codes.js';
import type { HookPoint } from '../hook-points/hook-point.js';
import type { Call } from './call.js';

/** Key of `_meta` under which a blocked tool call says what blocked it. */
export const violationMetaKey = 'mcpplugins.dev/violation';

/** What a blocked tool call is answered with: a result that models can read, or a JSON-RPC error for programs alone. */
export type BlockedToolCalls = 'result' | 'error';

/**
 * The answer to a request that plugins blocked. A call that asks for a task can only be answered with an error.
 * @param point where in the protocol it is, if plugins run there
 */
export function refusalOf(
  call: Call,
  violation: OutcomeViolation,
  point: HookPoint | undefined,
  toolCalls: BlockedToolCalls = 'result',
): JsonRpcResponse {
  const { id } = call;
  return toolCalls === 'result' && point?.refusal === 'result' && !call.wantsTask
    ? { jsonrpc: '2.0', id, result: blockedResult(violation) }
    : { jsonrpc: '2.0', id, error: violationError(violation) };
}

/** A JSON-RPC error as an answer. */
export function errorAnswer(
  id: RequestId | undefined,
  code: number,
  message: string,
  data?: unknown,
): string {
  const error = data === undefined ? { code, message } : { code, message, data };
  return JSON.stringify({ jsonrpc: '2.0', id: id ?? null, error });
}

/** What blocks a call whose plugins could not be run. */
export function failureViolation(call: Call, error?: unknown): OutcomeViolation {
  const point = call.guard?.point;
  return hookFailure((call.phase === 'after' ? point?.post : point?.pre) ?? call.message.method, error);
}

/** What blocks on a hook whose plugins could not be run. */
export function hookFailure(hook: string, error?: unknown): OutcomeViolation {
  const known = FrameworkError.is(error) ? error : { plugin: undefined, hook: undefined };
  return {
    code: 'PLUGIN_ERROR',
    reason: 'A plugin could not be run',
    plugin: known.plugin ?? 'mcpplugins',
    hook: known.hook ?? hook,
  };
}

/** Models read the text; `_meta` is for programs. Details stay out of both. */
function blockedResult({ code, reason, plugin, hook }: OutcomeViolation): Record<string, unknown> {
  const text = `Blocked by the plugin "${plugin}": ${withoutEnd(reason)} (${code}). Do not retry this call unchanged.`;
  return {
    content: [{ type: 'text', text }],
    isError: true,
    _meta: { [violationMetaKey]: { code, reason, plugin, hook } },
  };
}

/** The error of ContextForge, with its names and its rule that empty fields are left out. */
function violationError(violation: OutcomeViolation): JsonRpcErrorObject {
  const { code, reason, description = reason, details, plugin, mcpErrorCode } = violation;
  return {
    code: Number.isSafeInteger(mcpErrorCode)
      ? (mcpErrorCode ?? rpcCodes.invalidParams)
      : rpcCodes.invalidParams,
    message: `Plugin Violation: ${description}`,
    data: {
      ...(description === '' ? {} : { description }),
      ...(details === undefined || Object.keys(details).length === 0 ? {} : { details }),
      plugin_error_code: code,
      plugin_name: plugin,
    },
  };
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/[.\s]+$/, '');
}
