import type { IncomingMessage } from 'node:http';
import { TransportError } from '../errors/transport-error.js';
import { readRetryAfter } from '../http/client/retry-after.js';

/** Why a server did not open a WebSocket. A redirect is one reason: it is not followed. */
export function refusedUpgrade(response: IncomingMessage): TransportError {
  const { statusCode = 0, headers } = response;
  response.destroy();
  const code = statusCode === 401 ? 'UNAUTHORIZED' : 'HTTP_STATUS';
  return new TransportError(code, `the server answered with HTTP ${statusCode} to a WebSocket`, {
    retryAfterMs: readRetryAfter(statusCode, headers['retry-after']),
    httpStatus: statusCode,
  });
}

/** What an error of `ws` means. */
export function toSocketError(error: unknown, place: string): TransportError {
  const { code, message = String(error) } = error as { readonly code?: unknown; readonly message?: string };
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return new TransportError('MESSAGE_TOO_LARGE', 'a message larger than the limit was dropped', {
      cause: error,
    });
  }
  return new TransportError('STREAM_FAILED', `${place} failed: ${message}`, { cause: error });
}
