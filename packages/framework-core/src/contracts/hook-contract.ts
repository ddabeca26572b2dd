import type { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.js';
import type { Violation } from '../results/violation.js';

/** What conditions compare: the name or URI of the thing that a hook call is about, by condition field. */
export interface HookTarget {
  readonly tools?: string | undefined;
  readonly prompts?: string | undefined;
  readonly resources?: string | undefined;
  readonly agents?: string | undefined;
}

/** Schema of a payload: an object whose schema only checks and never transforms. */
export type PayloadSchema = z.ZodObject;

/** When a hook runs: before the operation (may answer in its place) or after it. */
export type HookPhase = 'pre' | 'post';

/**
 * Reads what a plugin answers with `respond` on a hook where an answer decides and is no result: a violation if it refuses, undefined
 * if it changes nothing. What it throws is the plugin's error.
 */
export type ReadDecision = (result: unknown) => Violation | undefined;

/**
 * The contract of one hook: its name, payload and what plugins may do with it. A value, made by `defineHook`;
 * types of payloads and results are inferred from it.
 */
export interface HookContract<Name extends string = string, Schema extends PayloadSchema = PayloadSchema> {
  /** snake_case, as in YAML and on the wire. */
  readonly name: Name;
  readonly phase: HookPhase;
  /** The hook of the other phase that belongs to the same operation. */
  readonly pair: string | undefined;
  readonly payload: Schema;
  /** Reads from a payload what conditions compare. Undefined: no target condition concerns this hook. */
  readonly target: ((payload: DeepReadonly<z.output<Schema>>) => HookTarget) | undefined;
  /** Every top-level field that a modification may change. */
  readonly writable: readonly (keyof z.output<Schema> & string)[];
  /** Keys inside a writable field that no modification may add, change or remove. */
  readonly fixedKeys: Readonly<Record<string, RegExp>>;
  /** Undefined: an answer takes the place of the operation's result. */
  readonly readDecision: ReadDecision | undefined;
  /** When a host fires this hook and where the payload's shape comes from. */
  readonly description: string;
}

/** Any hook contract, whatever its payload. */
export interface AnyHookContract {
  readonly name: string;
  readonly phase: HookPhase;
  readonly pair: string | undefined;
  readonly payload: PayloadSchema;
  readonly target: ((payload: never) => HookTarget) | undefined;
  readonly writable: readonly string[];
  readonly fixedKeys: Readonly<Record<string, RegExp>>;
  readonly readDecision: ReadDecision | undefined;
  readonly description: string;
}

/** The payload type of a contract, as the host passes it. */
export type ContractPayload<Contract extends AnyHookContract> = z.output<Contract['payload']>;
