import { FrameworkError } from '@mcpplugins/framework-core';
import type { CancelSignal } from '@mcpplugins/framework-core/wire';
import { externalError } from '../errors/peer-error.js';

/** Waits for something until a signal fires. @throws FrameworkError `PEER_CALL_ENDED`, or the reason of the signal */
export function waitFor<Value>(promise: Promise<Value>, signal: CancelSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = {
      handleEvent: () => {
        const { reason } = signal;
        reject(
          FrameworkError.is(reason)
            ? reason
            : externalError('PEER_CALL_ENDED', 'the call was given up before there was a connection', reason),
        );
      },
    };
    if (signal.aborted) onAbort.handleEvent();
    signal.addEventListener('abort', onAbort);
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
      .catch(() => {});
  });
}
