import { toAnswer } from './answers.js';
import { defineHookPoint } from './hook-point.js';

/** @see https://modelcontextprotocol.io/specification/2025-11-25/client/sampling */
export const samplingCreate = defineHookPoint({
  method: 'sampling/createMessage',
  from: 'server',
  pre: 'sampling_pre_create',
  post: 'sampling_post_complete',
  refusal: 'error',
  mayBeTask: true,
  keys: [],
  readParams: (params) => ({ params: { ...params } }),
  writeParams: (_params, payload) => payload.params,
  readAnswer: (_asked, answer) => answer,
  writeAnswer: toAnswer,
});

/** @see https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation */
export const elicitationCreate = defineHookPoint({
  method: 'elicitation/create',
  from: 'server',
  pre: 'elicitation_pre_create',
  post: 'elicitation_post_response',
  refusal: 'error',
  mayBeTask: true,
  keys: [],
  readParams: (params) => ({ params: { ...params } }),
  writeParams: (_params, payload) => payload.params,
  readAnswer: (_asked, answer) => answer,
  writeAnswer: toAnswer,
});
