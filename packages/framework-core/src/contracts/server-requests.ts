import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, postFields } from './mcp-common.js';

const parameters = z.object({ params: z.record(z.string(), z.unknown()) });

/** Before a server's request for a completion reaches the client. */
export const samplingPreCreate = defineHook({
  name: 'sampling_pre_create',
  phase: 'pre',
  pair: 'sampling_post_complete',
  payload: parameters,
  writable: ['params'],
  description:
    'Before `sampling/createMessage` of a server reaches the client. `params` are its MCP parameters.',
});

/** After a client answered a server's request for a completion. */
export const samplingPostComplete = defineHook({
  name: 'sampling_post_complete',
  phase: 'post',
  pair: 'sampling_pre_create',
  payload: exactlyOne(z.object({ ...postFields }), 'result'),
  writable: ['result', 'error'],
  description:
    'After the client answered `sampling/createMessage`: `result` is the MCP `CreateMessageResult`.',
});

/** Before a server's question to the person reaches the client. */
export const elicitationPreCreate = defineHook({
  name: 'elicitation_pre_create',
  phase: 'pre',
  pair: 'elicitation_post_response',
  payload: parameters,
  writable: ['params'],
  description: 'Before `elicitation/create` of a server reaches the client. `params` are its MCP parameters.',
});

/** After the person answered a server's question. */
export const elicitationPostResponse = defineHook({
  name: 'elicitation_post_response',
  phase: 'post',
  pair: 'elicitation_pre_create',
  payload: exactlyOne(z.object({ ...postFields }), 'result'),
  writable: ['result', 'error'],
  description: 'After the client answered `elicitation/create`: `result` is the MCP `ElicitResult`.',
});
