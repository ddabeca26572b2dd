/** A signal that fires when time is up or when the caller gives up, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was the time that ran out. */
  readonly isExpired: boolean;
  /** Lets go of the timer and of the caller's signal. */
  [Symbol.dispose](): void;
}

/** Starts a deadline of `timeoutMs` milliseconds. */
export function startDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isExpired = false;
  const timer = setTimeout(() => {
    isExpired = true;
    controller.abort();
  }, timeoutMs);
  const giveUp = (): void => controller.abort(caller?.reason);
  if (caller?.aborted === true) giveUp();
  else caller?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    get isExpired() {
      return isExpired;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', giveUp);
    },
  };
}
