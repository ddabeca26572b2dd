import type { z } from 'zod';
import type { AnyHookContract, ContractPayload, PayloadSchema } from './hook-contract.js';
import { promptPostFetch, promptPreFetch } from './prompts.js';
import { resourcePostFetch, resourcePreFetch } from './resources.js';
import { toolPostInvoke, toolPreInvoke } from './tools.js';

/**
 * Contract by hook name. Packages with hooks of their own add them by module augmentation, and every API that takes
 * a hook then knows the name:
 * `declare module '@mcpplugins/framework-core' { interface HookContracts { my_hook: typeof myHook } }`
 */
export interface HookContracts {
  prompt_pre_fetch: typeof promptPreFetch;
  prompt_post_fetch: typeof promptPostFetch;
  tool_pre_invoke: typeof toolPreInvoke;
  tool_post_invoke: typeof toolPostInvoke;
  resource_pre_fetch: typeof resourcePreFetch;
  resource_post_fetch: typeof resourcePostFetch;
}

/** Name of a hook whose contract the compiler knows. */
export type HookName = keyof HookContracts;

/** A hook, by name or by contract object. */
export type HookReference = HookName | AnyHookContract;

/** The payload type of a hook given by name or contract. */
export type PayloadOf<Hook extends HookReference> = Hook extends HookName
  ? HookContracts[Hook] extends { readonly payload: infer Schema extends PayloadSchema }
    ? z.output<Schema>
    : never
  : Hook extends AnyHookContract
    ? ContractPayload<Hook>
    : never;

/** The contracts that a manager knows when it is told nothing else. */
export const builtInContracts: readonly AnyHookContract[] = Object.freeze([
  promptPreFetch,
  promptPostFetch,
  toolPreInvoke,
  toolPostInvoke,
  resourcePreFetch,
  resourcePostFetch,
]);
