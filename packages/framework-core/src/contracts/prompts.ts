import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, postFields } from './mcp-common.js';

/** Before a prompt is fetched. */
export const promptPreFetch = defineHook({
  name: 'prompt_pre_fetch',
  phase: 'pre',
  pair: 'prompt_post_fetch',
  payload: z.object({ name: z.string(), args: z.record(z.string(), z.string()) }),
  target: (payload) => ({ prompts: payload.name }),
  writable: ['args'],
  description: 'Before `prompts/get` reaches the server. `args` are the arguments of the prompt.',
});

/** After a prompt was fetched, also when fetching failed. */
export const promptPostFetch = defineHook({
  name: 'prompt_post_fetch',
  phase: 'post',
  pair: 'prompt_pre_fetch',
  payload: exactlyOne(z.object({ name: z.string(), ...postFields }), 'result'),
  target: (payload) => ({ prompts: payload.name }),
  writable: ['result', 'error'],
  description: 'After `prompts/get`: `result` is the MCP `GetPromptResult`, or `error` says how it failed.',
});
