import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, headersSchema, postFields } from './mcp-common.js';

/** Before a tool is called. */
export const toolPreInvoke = defineHook({
  name: 'tool_pre_invoke',
  phase: 'pre',
  pair: 'tool_post_invoke',
  payload: z.object({
    name: z.string(),
    args: z.record(z.string(), z.unknown()),
    headers: headersSchema.optional(),
  }),
  target: (payload) => ({ tools: payload.name }),
  writable: ['args', 'headers'],
  description: 'Before `tools/call` reaches the server. `args` are the arguments of the call.',
});

/** After a tool was called, also when the call failed. */
export const toolPostInvoke = defineHook({
  name: 'tool_post_invoke',
  phase: 'post',
  pair: 'tool_pre_invoke',
  payload: exactlyOne(z.object({ name: z.string(), ...postFields }), 'result'),
  target: (payload) => ({ tools: payload.name }),
  writable: ['result', 'error'],
  description:
    'After `tools/call`: `result` is the MCP `CallToolResult` (also one with `isError: true`), or `error` says how the call failed.',
});
