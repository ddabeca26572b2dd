import { block, type FrameworkError, type HookResult, proceed } from '@mcpplugins/framework-core';
import type { FailMode, ServiceErrorCode } from './service-answer.js';

/** Failures that `open` lets pass. A service that refuses our key, or answers nonsense, is not an absent one. */
const absences: ReadonlySet<ServiceErrorCode> = new Set(['SERVICE_UNAVAILABLE', 'SERVICE_TIMEOUT']);

/** Whether an operation goes on after this failure. */
export function passes(failMode: FailMode, code: ServiceErrorCode): boolean {
  return failMode === 'open' && absences.has(code);
}

/** What a handler returns when its service failed. */
export function failResult(
  service: string,
  failMode: FailMode,
  { code }: FrameworkError<ServiceErrorCode>,
): HookResult<never> {
  if (passes(failMode, code)) return proceed({ service_unavailable: service });
  return block({
    code,
    reason: `The check by ${service} could not be made`,
    details: { service },
    httpStatusCode: 503,
  });
}
