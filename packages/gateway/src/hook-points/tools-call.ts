import { toAnswer } from './answers.js';
import { defineHookPoint } from './hook-point.js';
import { readObject, readString } from './read-params.js';

/** @see https://modelcontextprotocol.io/specification/2025-11-25/server/tools#calling-tools */
export const toolsCall = defineHookPoint({
  method: 'tools/call',
  from: 'client',
  pre: 'tool_pre_invoke',
  post: 'tool_post_invoke',
  refusal: 'result',
  mayBeTask: true,
  keys: ['name', 'arguments', 'task', '_meta'],
  readParams: (params) => ({ name: readString(params, 'name'), args: readObject(params, 'arguments') }),
  writeParams: (params, { args }) => ({ ...params, arguments: args }),
  readAnswer: ({ name }, answer) => ({ name, ...answer }),
  writeAnswer: toAnswer,
  settle: ({ name }, changed, schemas) => schemas.fit(name, changed),
});
