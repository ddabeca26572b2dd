import { setTimeout as wait } from 'node:timers/promises';
import { modify, Plugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { everyHook } from './every-hook.js';
import { oversized } from './oversized.js';

const slowSettings = z.strictObject({
  /** Milliseconds that each call takes. */
  delay_ms: z.int().nonnegative().default(1000),
});

/** Takes its time, then lets everything pass. It heeds the signal of its context, as good plugins do. */
export class SlowPlugin extends Plugin<typeof slowSettings> {
  static override readonly settingsSchema = slowSettings;
  override readonly hooks = everyHook(async (_payload, { signal }) => {
    await wait(this.settings.delay_ms, undefined, { signal });
  });
}

/** Throws in every call. */
export class ThrowingPlugin extends Plugin {
  override readonly hooks = everyHook((_payload, _context, hook) => {
    throw new Error(`thrown on purpose in ${hook}`);
  });
}

/** Answers with something that is no result. */
export class GarbagePlugin extends Plugin {
  override readonly hooks = everyHook(() => ({ continue_processing: 'perhaps' }));
}

const oversizeSettings = z.strictObject({
  /** Bytes that a text of the payload is made to have: more than any default limit. */
  bytes: z.int().positive().default(17_000_000),
});

/** Makes the payload longer than hosts allow. */
export class OversizePlugin extends Plugin<typeof oversizeSettings> {
  static override readonly settingsSchema = oversizeSettings;
  override readonly hooks = everyHook((payload, _context, hook) =>
    modify(oversized(hook, payload, this.settings.bytes)),
  );
}

/** Writes into the payload that it was given, which is frozen. */
export class MutatingPlugin extends Plugin {
  override readonly hooks = everyHook((payload) => {
    (payload as Record<string, unknown>)['written_in_place'] = true;
  });
}

/** Never answers, and does not heed the signal of its context. */
export class HangingPlugin extends Plugin {
  override readonly hooks = everyHook(() => new Promise(() => undefined));
}

const restartingSettings = z.strictObject({
  /** Calls that succeed before it goes away. */
  calls_between: z.int().nonnegative().default(1),
  /** Calls that fail while it is away. */
  calls_away: z.int().positive().default(1),
});

/** Is there, is away, and is there again, as a plugin server that is restarted over and over; all state is lost each time. */
export class RestartingPlugin extends Plugin<typeof restartingSettings> {
  static override readonly settingsSchema = restartingSettings;
  /** Calls since it was last started anew. */
  calls = 0;

  override readonly hooks = everyHook(() => {
    const { calls_between: between, calls_away: away } = this.settings;
    this.calls++;
    if (this.calls <= between) return;
    if (this.calls === between + away) this.calls = 0;
    throw new Error('restarting on purpose: nobody is there');
  });
}
