/** What `backoffMs` takes. */
export interface BackoffOptions {
  /** Milliseconds of the first wait. */
  readonly firstMs: number;
  /** Milliseconds that no wait exceeds. */
  readonly longestMs: number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Milliseconds to wait after so many failures in a row: twice as long each time, less up to a half by chance. */
export function backoffMs(failures: number, { firstMs, longestMs, random }: BackoffOptions): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return full * (1 - random() / 2);
}
