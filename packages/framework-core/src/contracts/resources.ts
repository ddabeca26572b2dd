import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, hookErrorSchema } from './mcp-common.js';

/** Before a resource is read. */
export const resourcePreFetch = defineHook({
  name: 'resource_pre_fetch',
  phase: 'pre',
  pair: 'resource_post_fetch',
  payload: z.object({ uri: z.string(), metadata: z.record(z.string(), z.unknown()).optional() }),
  target: (payload) => ({ resources: payload.uri }),
  writable: ['metadata'],
  description: 'Before `resources/read` reaches the server.',
});

/** After a resource was read, also when reading failed. `content` takes the place of `result` in this hook. */
export const resourcePostFetch = defineHook({
  name: 'resource_post_fetch',
  phase: 'post',
  pair: 'resource_pre_fetch',
  payload: exactlyOne(
    z.object({ uri: z.string(), content: z.unknown().optional(), error: hookErrorSchema.optional() }),
    'content',
  ),
  target: (payload) => ({ resources: payload.uri }),
  writable: ['content', 'error'],
  description:
    'After `resources/read`: `content` is the MCP `ReadResourceResult` (`{ contents: [...] }`), or `error` says how it failed. The specification names this field `content`, not `result`.',
});
