import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { headersSchema, noHostYet } from './mcp-common.js';

const forwarding = z.object({ url: z.string(), method: z.string(), headers: headersSchema });

const request = z.object({
  path: z.string(),
  method: z.string(),
  clientHost: z.string().nullish(),
  clientPort: z.number().nullish(),
  headers: headersSchema,
});

/** Before a host sends an HTTP request to an upstream server. */
export const httpPreForwardingCall = defineHook({
  name: 'http_pre_forwarding_call',
  phase: 'pre',
  pair: 'http_post_forwarding_call',
  payload: forwarding,
  writable: ['headers'],
  description:
    'Before an HTTP request is forwarded to an upstream server (specification, "Planned Hook Points").',
});

/** After an upstream server answered an HTTP request. */
export const httpPostForwardingCall = defineHook({
  name: 'http_post_forwarding_call',
  phase: 'post',
  pair: 'http_pre_forwarding_call',
  payload: forwarding.extend({ statusCode: z.number(), responseHeaders: headersSchema }),
  writable: ['responseHeaders'],
  description:
    'After an upstream server answered a forwarded HTTP request (specification, "Planned Hook Points").',
});

/** Before a host handles an incoming HTTP request. */
export const httpPreRequest = defineHook({
  name: 'http_pre_request',
  phase: 'pre',
  pair: 'http_post_request',
  payload: request,
  writable: ['headers'],
  description:
    "Before an incoming HTTP request is handled. Credentials are redacted from `headers`. Shape of ContextForge's HttpPreRequestPayload.",
});

/** After a host handled an incoming HTTP request. */
export const httpPostRequest = defineHook({
  name: 'http_post_request',
  phase: 'post',
  pair: 'http_pre_request',
  payload: request.extend({ responseHeaders: headersSchema.nullish(), statusCode: z.number().nullish() }),
  writable: ['responseHeaders'],
  description: `After an incoming HTTP request was handled. Shape of ContextForge's HttpPostRequestPayload. ${noHostYet}`,
});

/** Finds out who sent a request. */
export const httpAuthResolveUser = defineHook({
  name: 'http_auth_resolve_user',
  phase: 'pre',
  payload: z.object({
    credentials: z.object({ scheme: z.string(), credentials: z.string() }).nullish(),
    headers: headersSchema,
    clientHost: z.string().nullish(),
    clientPort: z.number().nullish(),
  }),
  writable: [],
  description:
    "Resolves the user of an HTTP request: answer with respond(user). `credentials` are those of the request. Shape of ContextForge's HttpAuthResolveUserPayload.",
});

/** Decides whether a user has a permission. */
export const httpAuthCheckPermission = defineHook({
  name: 'http_auth_check_permission',
  phase: 'pre',
  payload: z.object({
    userEmail: z.string(),
    permission: z.string(),
    resourceType: z.string().nullish(),
    teamId: z.string().nullish(),
    isAdmin: z.boolean(),
    authMethod: z.string().nullish(),
    clientHost: z.string().nullish(),
    userAgent: z.string().nullish(),
  }),
  writable: [],
  description: `Checks a permission: answer with respond({ granted, reason }). Shape of ContextForge's HttpAuthCheckPermissionPayload. ${noHostYet}`,
});
