import { z } from 'zod';
import { FrameworkError } from '../errors/framework-error.js';
import type { Violation } from '../results/violation.js';
import { defineHook } from './define-hook.js';
import { answersNothing, headersSchema, planned, shapeOf } from './mcp-common.js';

/** Headers that can be sent: what a plugin writes must stay one header. */
const sendableHeaders = z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\t -~]*$/));

/**
 * Headers that belong to the transport and the framing of messages: with other values the connection would mean something else.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 hop by hop
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
const transportHeaders =
  /^(accept(-encoding)?|(proxy-)?connection|content-(encoding|length|type)|expect|host|keep-alive|last-event-id|mcp-(protocol-version|session-id)|sec-websocket-.*|te|trailer|transfer-encoding|upgrade)$/i;

const forwarding = z.object({ url: z.string(), method: z.string(), headers: sendableHeaders });

const client = {
  clientHost: z.string().nullish(),
  clientPort: z.number().nullish(),
  headers: headersSchema,
};

const request = z.object({ path: z.string(), method: z.string(), ...client });

/** Before a host sends an HTTP request to an upstream server. */
export const httpPreForwardingCall = defineHook({
  name: 'http_pre_forwarding_call',
  phase: 'pre',
  pair: 'http_post_forwarding_call',
  payload: forwarding,
  writable: ['headers'],
  fixedKeys: { headers: transportHeaders },
  readDecision: answersNothing,
  description: `Before an HTTP request is forwarded to an upstream server ${planned}.`,
});

/** After an upstream server answered an HTTP request. */
export const httpPostForwardingCall = defineHook({
  name: 'http_post_forwarding_call',
  phase: 'post',
  pair: 'http_pre_forwarding_call',
  payload: forwarding.extend({ statusCode: z.number(), responseHeaders: headersSchema }),
  writable: ['responseHeaders'],
  fixedKeys: { responseHeaders: transportHeaders },
  description: `After an upstream server answered a forwarded HTTP request, before the body is handed on ${planned}.`,
});

/** Before a host handles an incoming HTTP request. */
export const httpPreRequest = defineHook({
  name: 'http_pre_request',
  phase: 'pre',
  pair: 'http_post_request',
  payload: request,
  writable: ['headers'],
  description: `Before an incoming HTTP request is handled. Credentials are redacted from \`headers\`. ${shapeOf('HttpPreRequest')}`,
});

/** After a host handled an incoming HTTP request. */
export const httpPostRequest = defineHook({
  name: 'http_post_request',
  phase: 'post',
  pair: 'http_pre_request',
  payload: request.extend({ responseHeaders: sendableHeaders.nullish(), statusCode: z.number().nullish() }),
  writable: ['responseHeaders'],
  fixedKeys: { responseHeaders: transportHeaders },
  description: `After an incoming HTTP request was handled or refused, before the answer is sent. ${shapeOf('HttpPostRequest')}`,
});

/** Finds out who sent a request. */
export const httpAuthResolveUser = defineHook({
  name: 'http_auth_resolve_user',
  phase: 'pre',
  payload: z.object({
    credentials: z.object({ scheme: z.string(), credentials: z.string() }).nullish(),
    ...client,
  }),
  writable: [],
  description: `Resolves the user of an HTTP request: answer with respond(user). \`credentials\` are those of the request. ${shapeOf('HttpAuthResolveUser')}`,
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
  description: `Checks a permission: answer with respond({ granted, reason }); \`granted: true\` changes nothing. ${shapeOf('HttpAuthCheckPermission')}`,
});

/** @throws FrameworkError `RESULT_INVALID` */
function refusalIn(answer: unknown): Violation | undefined {
  const { granted, reason } = new Object(answer) as { readonly granted?: unknown; readonly reason?: unknown };
  if (granted === true) return undefined;
  if (granted !== false) throw new FrameworkError('RESULT_INVALID', '`granted` is neither true nor false');
  return {
    code: 'PERMISSION_DENIED',
    reason: typeof reason === 'string' && reason !== '' ? reason : 'The permission is not granted',
  };
}
