import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import { TransportError, type TransportErrorCode } from '@mcpplugins/mcp-transport';
import type { ExternalErrorCode } from './error-codes.js';

/** An error of this package. */
export function externalError(
  code: ExternalErrorCode,
  message: string,
  cause?: unknown,
): FrameworkError<ExternalErrorCode> {
  return new FrameworkError(code, message, cause === undefined ? {} : { cause });
}

const codes: Partial<Record<TransportErrorCode, ExternalErrorCode>> = {
  MESSAGE_TOO_LARGE: 'PEER_RESPONSE_TOO_LARGE',
  MESSAGE_NOT_JSON: 'PEER_PROTOCOL',
  MESSAGE_NOT_JSON_RPC: 'PEER_PROTOCOL',
  HTTP_STATUS: 'PEER_PROTOCOL',
  UNAUTHORIZED: 'PEER_PROTOCOL',
  HTTP_BODY_INVALID: 'PEER_PROTOCOL',
};

/** What went wrong with a call, in the words of this package, whoever found out. */
export function toPeerError(peer: string, error: unknown): FrameworkError {
  if (FrameworkError.is(error) && !TransportError.is(error)) return error;
  if (TransportError.is(error) && error.retryAfterMs !== undefined) {
    return externalError('PEER_UNAVAILABLE', `plugin server ${peer}: ${describeWithCause(error)}`, error);
  }
  const code = (TransportError.is(error) ? codes[error.code] : undefined) ?? 'PEER_LOST';
  return externalError(code, `plugin server ${peer}: ${describeWithCause(error)}`, error);
}

/** Milliseconds for which a server asked to be left alone, when that is why something failed. */
export function retryAfterMsOf(error: unknown): number | undefined {
  const { cause } = error instanceof Error ? error : {};
  const origin = TransportError.is(error) ? error : cause;
  return TransportError.is(origin) ? origin.retryAfterMs : undefined;
}

/** The message, and the code of the operating system or of TLS where the message does not have it. */
function describeWithCause(error: unknown): string {
  // Garbage of a peer may be anything, payload included: the transport quotes it, we do not.
  if (TransportError.is(error, 'MESSAGE_NOT_JSON')) return 'answered with something that is not JSON';
  if (TransportError.is(error, 'MESSAGE_NOT_JSON_RPC')) {
    return 'answered with something that is not a JSON-RPC 2.0 message';
  }
  const text = describeError(error).replace(/^TransportError: /, '');
  const { cause } = error instanceof Error ? error : {};
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
}
