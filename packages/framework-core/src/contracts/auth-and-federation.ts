import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { exactlyOne, headersSchema, noHostYet, planned, postFields } from './mcp-common.js';

/** Before a host authenticates an incoming request. */
export const authPreCheck = defineHook({
  name: 'auth_pre_check',
  phase: 'pre',
  pair: 'auth_post_check',
  payload: z.object({ method: z.string(), path: z.string(), headers: headersSchema }),
  writable: [],
  description: `Before an incoming HTTP request is authenticated ${planned}. Credentials are redacted from \`headers\`.`,
});

/** After a host authenticated an incoming request. */
export const authPostCheck = defineHook({
  name: 'auth_post_check',
  phase: 'post',
  pair: 'auth_pre_check',
  payload: exactlyOne(z.object({ ...postFields }), 'result'),
  writable: [],
  description: `After an incoming HTTP request was authenticated ${planned}: \`result\` says who it is, or \`error\` why it is refused.`,
});

/** Before a registry is synchronised with a peer. */
export const federationPreSync = defineHook({
  name: 'federation_pre_sync',
  phase: 'pre',
  pair: 'federation_post_sync',
  payload: z.object({ peer: z.string(), items: z.array(z.unknown()) }),
  writable: ['items'],
  description: `Before a registry takes over items of a peer ${planned}. ${noHostYet}`,
});

/** After a registry was synchronised with a peer. */
export const federationPostSync = defineHook({
  name: 'federation_post_sync',
  phase: 'post',
  pair: 'federation_pre_sync',
  payload: exactlyOne(z.object({ peer: z.string(), ...postFields }), 'result'),
  writable: ['result', 'error'],
  description: `After a registry was synchronised with a peer ${planned}. ${noHostYet}`,
});
