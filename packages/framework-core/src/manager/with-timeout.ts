import type { MaybePromise } from '../maybe-promise.js';
import { FrameworkError } from '../errors/framework-error.js';

/**
 * Bounds life-cycle work (not hook calls: those share a ticker).
 * @throws FrameworkError `PLUGIN_TIMEOUT`, and what `work` throws.
 */
export async function withTimeout<Value>(
  work: () => MaybePromise<Value>,
  timeoutMs: number,
  what: string,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new FrameworkError('PLUGIN_TIMEOUT', `${what} did not finish within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([Promise.resolve(work()), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
