import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, postFields } from './mcp-common.js';

/** Before a client's request for completions of an argument reaches the server. */
export const completionPreComplete = defineHook({
  name: 'completion_pre_complete',
  phase: 'pre',
  pair: 'completion_post_complete',
  payload: z.object({ params: z.record(z.string(), z.unknown()) }),
  writable: ['params'],
  description:
    'Before `completion/complete` reaches the server. `params` are its MCP parameters: `ref`, `argument`, `context`.',
});

/** After a server answered which values an argument may have. */
export const completionPostComplete = defineHook({
  name: 'completion_post_complete',
  phase: 'post',
  pair: 'completion_pre_complete',
  payload: exactlyOne(z.object({ ...postFields }), 'result'),
  writable: ['result', 'error'],
  description: 'After the server answered `completion/complete`: `result` is the MCP `CompleteResult`.',
});
