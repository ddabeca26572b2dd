import type { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.js';
import { checkPayloadSchema, contractInvalid } from './check-schema.js';
import type { HookContract, HookPhase, HookTarget, PayloadSchema, ReadDecision } from './hook-contract.js';

export { verbatim } from './check-schema.js';

/** What `defineHook` takes. */
export interface HookDefinition<Name extends string, Schema extends PayloadSchema> {
  readonly name: Name;
  readonly phase: HookPhase;
  readonly pair?: string | undefined;
  readonly payload: Schema;
  readonly target?: ((payload: DeepReadonly<z.output<Schema>>) => HookTarget) | undefined;
  readonly writable: readonly (keyof z.output<Schema> & string)[];
  /** Keys inside a writable field that stay as they are, e.g. `{ headers: /^host$/i }`; two that differ in case are one. Default: none. */
  readonly fixedKeys?: { readonly [Field in keyof z.output<Schema> & string]?: RegExp } | undefined;
  /** Reads what a plugin answers with `respond`, where that is no result. Default: it takes the place of the operation's result. */
  readonly readDecision?: ReadDecision | undefined;
  readonly description?: string | undefined;
}

/**
 * Makes the contract of a hook, built in or your own.
 * @throws FrameworkError `CONTRACT_INVALID`
 */
export function defineHook<const Name extends string, Schema extends PayloadSchema>(
  definition: HookDefinition<Name, Schema>,
): HookContract<Name, Schema> {
  const { name, payload, writable } = definition;
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
    throw contractInvalid(name, 'a hook name is snake_case, e.g. "order_pre_ship"');
  }
  checkPayloadSchema(name, payload);
  for (const field of writable) {
    if (!Object.hasOwn(payload.shape, field)) {
      throw contractInvalid(name, `writable field "${field}" is not in the payload`);
    }
  }
  return Object.freeze({
    name,
    phase: definition.phase,
    pair: definition.pair,
    payload,
    target: definition.target,
    writable: Object.freeze([...writable]),
    fixedKeys: (definition.fixedKeys ?? {}) as Record<string, RegExp>,
    readDecision: definition.readDecision,
    description: definition.description ?? '',
  });
}
