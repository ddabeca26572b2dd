import { defineAnswerPoint } from './answer-point.js';

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/tools#listing-tools */
export const toolsList = defineAnswerPoint({ method: 'tools/list', from: 'client', post: 'tool_post_list' });

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/prompts#listing-prompts */
export const promptsList = defineAnswerPoint({
  method: 'prompts/list',
  from: 'client',
  post: 'prompt_post_list',
});

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/resources#listing-resources */
export const resourcesList = defineAnswerPoint({
  method: 'resources/list',
  from: 'client',
  post: 'resource_post_list',
});

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/resources#resource-templates */
export const resourceTemplatesList = defineAnswerPoint({
  method: 'resources/templates/list',
  from: 'client',
  post: 'resource_post_list',
});

/** @see https://modelcontextprotocol.io/specification/2025-11-25/client/roots#listing-roots */
export const rootsList = defineAnswerPoint({ method: 'roots/list', from: 'server', post: 'roots_post_list' });
