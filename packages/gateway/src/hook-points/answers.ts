import type { DeepReadonly } from '@mcpplugins/framework-core';
import type { JsonRpcErrorObject } from '@mcpplugins/mcp-transport';
import { rpcCodes } from '../rpc-codes.js';
import type { Answer } from './hook-point.js';
import { isObject } from './read-params.js';

/** The fields of a post payload of most hooks: `result` or `error`. */
export type AnswerFields = { readonly result?: unknown; readonly error?: JsonRpcErrorObject | undefined };

/** The answer that a post payload with `result` or `error` stands for. */
export function toAnswer(payload: DeepReadonly<AnswerFields>): Answer {
  return payload.error === undefined ? { result: payload.result } : { error: payload.error };
}

/** The `error` of an answer with the fields that plugins count on. */
export function toErrorObject(error: unknown): JsonRpcErrorObject {
  if (isObject(error) && Number.isInteger(error['code']) && typeof error['message'] === 'string') {
    return error as unknown as JsonRpcErrorObject;
  }
  return { code: rpcCodes.internalError, message: 'the server answered with a malformed error' };
}
