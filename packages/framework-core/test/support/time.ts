import { afterEach, beforeEach, vi } from 'vitest';

/** Fake timers and a fake `performance.now` in every test of the file or `describe`. */
export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets that many milliseconds go by, with everything that happens in them. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
