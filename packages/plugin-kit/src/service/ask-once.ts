import { FrameworkError } from '@mcpplugins/framework-core';
import { NetRefusedError } from '../net/net-refusal.js';
import { isPassingStatus } from './retry-delay.js';
import type { ServiceErrorCode } from './service-answer.js';

/** One try that failed. */
interface FailedTry {
  readonly error: FrameworkError<ServiceErrorCode>;
  /** Whether another try may succeed. */
  readonly isPassing: boolean;
  readonly retryAfter: string | null;
}

/** What one try gave: the JSON of the answer, or why there is none. */
export type TryOutcome =
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly failed: FailedTry };

/** Makes one request and reads its JSON. Lets everything through that is no failure of the service. */
export async function askOnce(service: string, request: () => Promise<Response>): Promise<TryOutcome> {
  let response: Response;
  try {
    response = await request();
  } catch (error) {
    return { ok: false, failed: failedRequest(service, error) };
  }
  if (response.ok) return readJson(service, response);
  const { status } = response;
  const isPassing = isPassingStatus(status);
  const code = isPassing ? 'SERVICE_UNAVAILABLE' : 'SERVICE_REJECTED';
  const error = serviceError(code, `${service} answered with status ${status}`);
  return { ok: false, failed: { error, isPassing, retryAfter: response.headers.get('retry-after') } };
}

/** An error of a service. The cause stays out when it could quote the answer. */
export function serviceError(
  code: ServiceErrorCode,
  message: string,
  cause?: unknown,
): FrameworkError<ServiceErrorCode> {
  return new FrameworkError(code, message, cause === undefined ? {} : { cause });
}

async function readJson(service: string, response: Response): Promise<TryOutcome> {
  try {
    return { ok: true, json: await response.json() };
  } catch {
    const error = serviceError(
      'SERVICE_ANSWER_INVALID',
      `${service} answered with something that is no JSON`,
    );
    return { ok: false, failed: { error, isPassing: false, retryAfter: null } };
  }
}

function failedRequest(service: string, error: unknown): FailedTry {
  const once = { isPassing: false, retryAfter: null };
  if (error instanceof NetRefusedError) {
    return error.refusal.code === 'DNS_FAILED'
      ? {
          error: serviceError('SERVICE_UNAVAILABLE', `${service}: ${error.message}`),
          ...once,
          isPassing: true,
        }
      : { error: serviceError('SERVICE_REJECTED', `${service}: ${error.message}`), ...once };
  }
  if (FrameworkError.is(error, 'NET_TIMEOUT')) {
    return { error: serviceError('SERVICE_TIMEOUT', `${service}: ${error.message}`), ...once };
  }
  if (FrameworkError.is(error, 'NET_UNREACHABLE')) {
    return {
      error: serviceError('SERVICE_UNAVAILABLE', `${service}: ${error.message}`, error),
      ...once,
      isPassing: true,
    };
  }
  if (FrameworkError.is(error, 'NET_RESPONSE_TOO_LARGE')) {
    return { error: serviceError('SERVICE_ANSWER_INVALID', `${service}: ${error.message}`), ...once };
  }
  throw error;
}
