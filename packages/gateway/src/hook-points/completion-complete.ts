import { toAnswer } from './answers.js';
import { defineHookPoint } from './hook-point.js';

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/completion */
export const completionComplete = defineHookPoint({
  method: 'completion/complete',
  from: 'client',
  pre: 'completion_pre_complete',
  post: 'completion_post_complete',
  refusal: 'error',
  keys: ['ref', 'argument', 'context', '_meta'],
  readParams: (params) => ({ params: { ...params } }),
  writeParams: (_params, payload) => payload.params,
  readAnswer: (_asked, answer) => answer,
  writeAnswer: toAnswer,
});
