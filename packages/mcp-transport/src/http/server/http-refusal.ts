import type { ServerResponse } from 'node:http';
import type { RequestId } from '../../json-rpc.js';

/**
 * Every way in which the HTTP server refuses a request: the status, and the JSON-RPC error in the body.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
const httpRefusals = {
  hostMissing: [400, -32600, 'Invalid request: no Host header'],
  hostForbidden: [403, -32000, 'Forbidden: this Host is not served here'],
  originForbidden: [403, -32000, 'Forbidden: this Origin may not use this server'],
  pathNotFound: [404, -32601, 'Not found'],
  methodNotAllowed: [405, -32000, 'Method not allowed: use POST, GET or DELETE'],
  notAcceptablePost: [406, -32000, 'Not acceptable: accept application/json and text/event-stream'],
  notAcceptableGet: [406, -32000, 'Not acceptable: accept text/event-stream'],
  unsupportedMediaType: [
    415,
    -32000,
    'Unsupported media type: send application/json without a content encoding',
  ],
  bodyTooLarge: [413, -32600, 'The message is larger than this server accepts'],
  notJson: [400, -32700, 'Parse error: the body is not JSON'],
  sessionRequired: [400, -32000, 'Bad request: the Mcp-Session-Id header is missing'],
  sessionUnknown: [404, -32001, 'Session not found'],
  sessionExists: [400, -32600, 'Invalid request: the session is initialized already'],
  versionUnknown: [400, -32000, 'Bad request: unknown MCP-Protocol-Version'],
  streamExists: [409, -32000, 'Conflict: the session has a stream already'],
  eventUnknown: [400, -32000, 'Bad request: unknown Last-Event-ID'],
  idInUse: [400, -32600, 'Invalid request: the request id is already in use'],
  tooManyRequests: [429, -32000, 'Too many requests in flight; try again later'],
  unauthorized: [401, -32000, 'Unauthorized'],
  forbidden: [403, -32000, 'Forbidden'],
  authenticationUnavailable: [503, -32000, 'Who you are cannot be verified now; try again later'],
  tooManySessions: [503, -32000, 'Too many sessions; try again later'],
  notServing: [503, -32000, 'The server is shutting down'],
} as const satisfies Record<string, readonly [number, number, string]>;

const retryAfterSeconds = 1;

/** One of `httpRefusals`. */
export type HttpRefusalName = keyof typeof httpRefusals;

/** What a refusal says besides. */
export interface RefusalDetails {
  readonly id?: RequestId | undefined;
  /** Takes the place of the text of the table. */
  readonly message?: string | undefined;
  readonly code?: number | undefined;
}

/** Answers with a refusal. */
export function refuse(response: ServerResponse, name: HttpRefusalName, details: RefusalDetails = {}): void {
  const [status, code, message] = httpRefusals[name];
  const body = JSON.stringify({
    jsonrpc: '2.0',
    error: { code: details.code ?? code, message: details.message ?? message },
    id: details.id ?? null,
  });
  if (name === 'methodNotAllowed') response.setHeader('allow', 'GET, POST, DELETE');
  if (status === 429 || status === 503) response.setHeader('retry-after', retryAfterSeconds);
  // What is left of a body that nobody reads must not be taken for the next request.
  if (name === 'bodyTooLarge') response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
