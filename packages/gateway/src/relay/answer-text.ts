import { FrameworkError } from '@mcpplugins/framework-core';
import type { JsonRpcResponse } from '@mcpplugins/mcp-transport';
import { toErrorObject } from '../hook-points/answers.js';
import type { Answer } from '../hook-points/hook-point.js';
import { isObject } from '../hook-points/read-params.js';
import type { Call } from './call.js';

/** What a message answers with. */
export function answerOf(message: JsonRpcResponse): Answer {
  return 'error' in message ? { error: toErrorObject(message.error) } : { result: message.result };
}

/** Whether an answer is what the message says, and not a mended form of it. */
export function isOriginal(answer: Answer, message: JsonRpcResponse): boolean {
  return !('error' in answer && 'error' in message && answer.error !== message.error);
}

/** Writes an answer, with the fields that the original message had besides. @throws FrameworkError `RESULT_INVALID` */
export function composeAnswer(call: Call, answer: Answer, original: JsonRpcResponse | undefined): string {
  if ('result' in answer && !isObject(answer.result)) {
    throw new FrameworkError(
      'RESULT_INVALID',
      `a plugin answered "${call.message.method}" with something that is no object`,
    );
  }
  const { result: _result, error: _error, ...rest } = { result: undefined, error: undefined, ...original };
  return JSON.stringify({ jsonrpc: '2.0', id: call.id, ...rest, ...answer });
}
