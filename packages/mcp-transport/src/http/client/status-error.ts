import type { TransportErrorCode } from '../../errors/error-codes.js';
import { TransportError } from '../../errors/transport-error.js';
import type { HttpResponse } from './http-response.js';
import { readText } from './read-response.js';
import { readRetryAfter } from './retry-after.js';

/** Longest error body that is read. */
const maxBytes = 65_536;

/** Why a server refused a request. The text of a JSON-RPC error in the body is part of it; other bodies are not shown. */
export async function statusError(response: HttpResponse, hasSession: boolean): Promise<TransportError> {
  const { statusCode } = response;
  const detail = await readErrorMessage(response);
  const problem = `the server answered with HTTP ${statusCode}${detail === undefined ? '' : `: ${detail}`}`;
  return new TransportError(codeOf(statusCode, hasSession), problem, {
    retryAfterMs: readRetryAfter(statusCode, response.headers['retry-after']),
    httpStatus: statusCode,
  });
}

function codeOf(statusCode: number, hasSession: boolean): TransportErrorCode {
  if (statusCode === 401) return 'UNAUTHORIZED';
  return statusCode === 404 && hasSession ? 'SESSION_GONE' : 'HTTP_STATUS';
}

async function readErrorMessage(response: HttpResponse): Promise<string | undefined> {
  try {
    const body: unknown = JSON.parse(await readText(response, maxBytes));
    const { error } = body as { readonly error?: { readonly message?: unknown } };
    return typeof error?.message === 'string' ? error.message.slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}
