import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, postFields } from './mcp-common.js';

function listHook<const Name extends string>(name: Name, method: string) {
  return defineHook({
    name,
    phase: 'post',
    payload: exactlyOne(z.object({ ...postFields }), 'result'),
    writable: ['result', 'error'],
    description: `After \`${method}\`: \`result\` is one page of the MCP list result as the server gave it, or \`error\` says how listing failed.`,
  });
}

/** After tools were listed. */
export const toolPostList = listHook('tool_post_list', 'tools/list');
/** After prompts were listed. */
export const promptPostList = listHook('prompt_post_list', 'prompts/list');
/** After resources or resource templates were listed. */
export const resourcePostList = listHook(
  'resource_post_list',
  'resources/list` and `resources/templates/list',
);
/** After a client told a server its roots. */
export const rootsPostList = listHook('roots_post_list', 'roots/list');
