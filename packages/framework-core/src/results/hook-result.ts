import type { DeepReadonly } from '../deep-readonly.js';
import type { Violation } from './violation.js';

/** Free data that a plugin adds to the outcome. Keys that start with `_` are dropped. */
export type ResultMetadata = Readonly<Record<string, unknown>>;

/**
 * What one handler answers: the specification's result shape. `undefined` instead of it means "go on".
 * Use the four functions below; plain objects of this shape are accepted too.
 */
export interface HookResult<Payload = unknown> {
  readonly continueProcessing: boolean;
  readonly modifiedPayload?: DeepReadonly<Payload> | undefined;
  readonly violation?: Violation | undefined;
  readonly metadata?: ResultMetadata | undefined;
  /** Pre hooks: the answer to give without calling the target, in a box so that any value can be answered. */
  readonly response?: { readonly result: unknown } | undefined;
}

const goOn: HookResult<never> = Object.freeze({ continueProcessing: true });

/** Go on. The same as returning nothing, with metadata if there is some to add. */
export function proceed(metadata?: ResultMetadata): HookResult<never> {
  return metadata === undefined ? goOn : { continueProcessing: true, metadata };
}

/** Go on with another payload: `modify({ ...payload, args })`. Only writable fields of the hook may differ. */
export function modify<Payload>(
  payload: NoInfer<DeepReadonly<Payload>>,
  metadata?: ResultMetadata,
): HookResult<Payload> {
  return { continueProcessing: true, modifiedPayload: payload as DeepReadonly<Payload>, metadata };
}

/** Refuse: the operation does not go through (in modes that may block). */
export function block(violation: Violation, metadata?: ResultMetadata): HookResult<never> {
  return { continueProcessing: false, violation, metadata };
}

/** Pre hooks: answer in place of the target, e.g. from a cache. Plugins after this one still run and may block. */
export function respond(result: unknown, metadata?: ResultMetadata): HookResult<never> {
  return { continueProcessing: true, response: { result }, metadata };
}
