import { toAnswer } from './answers.js';
import { defineHookPoint } from './hook-point.js';
import { readObject, readString } from './read-params.js';

/**
 * `metadata` of the payload is the `_meta` of the request.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/resources#reading-resources
 */
export const resourcesRead = defineHookPoint({
  method: 'resources/read',
  from: 'client',
  pre: 'resource_pre_fetch',
  post: 'resource_post_fetch',
  refusal: 'error',
  keys: ['uri', '_meta'],
  readParams: (params) => {
    const uri = readString(params, 'uri');
    return params._meta === undefined ? { uri } : { uri, metadata: readObject(params, '_meta') };
  },
  writeParams: (params, { metadata }) => ({ ...params, _meta: metadata }),
  readAnswer: ({ uri }, answer) =>
    'error' in answer ? { uri, error: answer.error } : { uri, content: answer.result },
  writeAnswer: ({ content, error }) => toAnswer(error === undefined ? { result: content } : { error }),
});
