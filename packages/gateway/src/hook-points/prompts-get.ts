import { toAnswer } from './answers.js';
import { defineHookPoint } from './hook-point.js';
import { readString, readStrings } from './read-params.js';

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/prompts#getting-a-prompt */
export const promptsGet = defineHookPoint({
  method: 'prompts/get',
  from: 'client',
  pre: 'prompt_pre_fetch',
  post: 'prompt_post_fetch',
  refusal: 'error',
  keys: ['name', 'arguments', '_meta'],
  readParams: (params) => ({ name: readString(params, 'name'), args: readStrings(params, 'arguments') }),
  writeParams: (params, { args }) => ({ ...params, arguments: args }),
  readAnswer: ({ name }, answer) => ({ name, ...answer }),
  writeAnswer: toAnswer,
});
