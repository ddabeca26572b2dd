import type { HookName } from '@mcpplugins/framework-core';

/** The hooks that a gateway on HTTP calls on each request that comes in, before its body is read. */
export const incomingHooks: readonly HookName[] = Object.freeze([
  'http_pre_request',
  'auth_pre_check',
  'http_auth_resolve_user',
  'auth_post_check',
]);

/** The hook that it calls when such a request was handled or refused, before the head of the answer is sent. */
export const postRequestHook = 'http_post_request';
