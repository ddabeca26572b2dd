import type { IncomingMessage } from 'node:http';
import { TransportError } from '../errors/transport-error.js';
import { readRetryAfter } from '../http/client/retry-after.js';

/** Why a server did not open a WebSocket. A redirect is one reason: it is not followed. */
export function refusedUpgrade(response: IncomingMessage): TransportError {
  const { statusCode = 0, headers } = response;
  response.destroy();
  return new TransportError('HTTP_STATUS', `the server answered with HTTP ${statusCode} to a WebSocket`, {
    retryAfterMs: readRetryAfter(statusCode, headers['retry-after']),
  });
}

/** What an error of `ws` means. */
export function toSocketError(error: Error, { protocol, host, pathname }: URL): TransportError {
  const { code } = error as { readonly code?: unknown };
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return new TransportError('MESSAGE_TOO_LARGE', 'a message larger than the limit was dropped', {
      cause: error,
    });
  }
  const place = `${protocol}//${host}${pathname}`;
  if (error.message === 'Opening handshake has timed out') {
    return new TransportError('CONNECT_TIMEOUT', `${place} opened no connection in time`, { cause: error });
  }
  return new TransportError('STREAM_FAILED', `${place} failed: ${error.message}`, { cause: error });
}
