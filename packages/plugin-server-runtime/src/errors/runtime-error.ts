import { FrameworkError } from '@mcpplugins/framework-core';
import type { RuntimeErrorCode } from './error-codes.js';

/** An error of this package. */
export function runtimeError(
  code: RuntimeErrorCode,
  message: string,
  cause?: unknown,
): FrameworkError<RuntimeErrorCode> {
  return new FrameworkError(code, message, cause === undefined ? {} : { cause });
}
