/** A value now, or a promise of it: `await` takes both, and what is there at once costs no promise. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Whether `value` is a promise or another thenable. May throw what a hostile getter throws. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly then?: unknown }).then === 'function'
  );
}
