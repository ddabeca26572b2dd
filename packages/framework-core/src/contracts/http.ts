import { z } from 'zod';
import { FrameworkError } from '../errors/framework-error.js';
import type { Violation } from '../results/violation.js';
import { defineHook } from './define-hook.js';
import { answersNothing, headersSchema } from './mcp-common.js';

/** Headers that can be sent: what a plugin writes must stay one header. */
const sendableHeaders = z.record(
  z.string().regex(/^[\w-]+$/, 'is no name of a header'),
  z.string().regex(/^[\t\x20-\x7e]*$/, 'has characters that headers cannot have'),
);

/**
 * Headers that belong to the transport and the framing of messages: with other values the connection would mean something else.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 hop by hop
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
const transportHeaders: readonly string[] = Object.freeze([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'last-event-id',
  'mcp-protocol-version',
  'mcp-session-id',
  'proxy-connection',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const forwarding = z.object({ url: z.string(), method: z.string(), headers: sendableHeaders });

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
  fixedKeys: { headers: transportHeaders },
  readDecision: answersNothing('http_pre_forwarding_call'),
  description:
    'Before an HTTP request is forwarded to an upstream server (specification, "Planned Hook Points"). Credentials are redacted from `url` and `headers`; a value that comes back redacted stays as it was. Headers of the transport (`content-type`, `accept`, `mcp-session-id`, `host`, …) cannot be changed.',
});

/** After an upstream server answered an HTTP request. */
export const httpPostForwardingCall = defineHook({
  name: 'http_post_forwarding_call',
  phase: 'post',
  pair: 'http_pre_forwarding_call',
  payload: forwarding.extend({ statusCode: z.number(), responseHeaders: headersSchema }),
  writable: ['responseHeaders'],
  fixedKeys: { responseHeaders: transportHeaders },
  description:
    'After the head of the answer to a forwarded HTTP request came, before its body is handed on (specification, "Planned Hook Points"). A block withholds the answer.',
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
  payload: request.extend({ responseHeaders: sendableHeaders.nullish(), statusCode: z.number().nullish() }),
  writable: ['responseHeaders'],
  fixedKeys: { responseHeaders: transportHeaders },
  description:
    "After an incoming HTTP request was handled, or refused, before the head of its answer is sent. A block withholds the answer. Credentials are redacted from the headers. Shape of ContextForge's HttpPostRequestPayload.",
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
  readDecision: refusalIn,
  description:
    "Checks a permission: answer with respond({ granted, reason }). `granted: false` is a block; `granted: true` changes nothing, since there is no other right that it could override. Shape of ContextForge's HttpAuthCheckPermissionPayload.",
});

/** @throws FrameworkError `RESULT_INVALID` */
function refusalIn(answer: unknown): Violation | undefined {
  const { granted, reason } = new Object(answer) as { readonly granted?: unknown; readonly reason?: unknown };
  if (typeof granted !== 'boolean') {
    throw new FrameworkError(
      'RESULT_INVALID',
      'respond() on http_auth_check_permission: the answer has no `granted` that is true or false',
    );
  }
  if (granted) return undefined;
  const isReason = typeof reason === 'string' && reason !== '';
  return { code: 'PERMISSION_DENIED', reason: isReason ? reason : 'The permission is not granted' };
}
