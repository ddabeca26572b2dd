import {
  block,
  modify,
  type PluginContext,
  proceed,
  respond,
  type Violation,
} from '@mcpplugins/framework-core';

/** A payload whose hook is not known. */
export type SpiedPayload = Readonly<Record<string, unknown>>;

/** What a spy does when it is called. May answer with anything, also with what no plugin should. */
export type Behaviour = (payload: SpiedPayload, context: PluginContext) => unknown;

/** Ready-made behaviours for `spyPlugin`: the good ones and the bad ones. */
export const behaviours = Object.freeze({
  /** Goes on, perhaps with metadata. */
  proceed:
    (metadata?: Readonly<Record<string, unknown>>): Behaviour =>
    () =>
      proceed(metadata),
  /** Changes top-level fields of the payload. */
  modify:
    (change: Readonly<Record<string, unknown>>): Behaviour =>
    (payload) =>
      modify({ ...payload, ...change }),
  block:
    (violation: Violation = { code: 'SPY_BLOCKED', reason: 'Blocked by a spy' }): Behaviour =>
    () =>
      block(violation),
  respond:
    (result: unknown): Behaviour =>
    () =>
      respond(result),
  /** Writes shared state, then goes on. */
  setState:
    (key: string, value: unknown): Behaviour =>
    (_payload, context) =>
      context.setState(key, value),
  throwing:
    (thrown: unknown = new Error('thrown by a spy')): Behaviour =>
    () => {
      throw thrown;
    },
  rejecting:
    (thrown: unknown = new Error('rejected by a spy')): Behaviour =>
    () =>
      Promise.reject(thrown),
  /** Never answers. */
  hanging: (): Behaviour => () => new Promise(() => undefined),
  /** Does something else after that many milliseconds. */
  slow:
    (milliseconds: number, then: Behaviour = () => undefined): Behaviour =>
    async (payload, context) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return then(payload, context);
    },
  /** Answers with something that is no result. */
  garbage:
    (value: unknown = 'garbage'): Behaviour =>
    () =>
      value,
  /** Writes into its payload, which is frozen. */
  mutating: (): Behaviour => (payload) => {
    (payload as Record<string, unknown>)['spied'] = true;
  },
  /** Behaves once like this, once like that, and like the last from then on. */
  inTurn: (...turns: readonly Behaviour[]): Behaviour => {
    let call = 0;
    return (payload, context) => turns[Math.min(call++, turns.length - 1)]?.(payload, context);
  },
});
