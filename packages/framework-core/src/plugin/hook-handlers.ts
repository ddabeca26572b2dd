import type { PluginContext } from '../context/plugin-context.js';
import type { AnyHookContract, ContractPayload } from '../contracts/hook-contract.js';
import type { HookContracts, HookReference, PayloadOf } from '../contracts/hook-contracts.js';
import type { DeepReadonly } from '../deep-readonly.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { HookResult } from '../results/hook-result.js';

/** A plugin's function for one hook. The payload is frozen: return `modify({ ...payload, … })` to change it. */
export type HookHandler<Payload> = (
  payload: DeepReadonly<Payload>,
  context: PluginContext,
) => MaybePromise<HookResult<Payload> | undefined | void>;

/** The handler type of a hook given by name or contract. */
export type HandlerOf<Hook extends HookReference> = HookHandler<PayloadOf<Hook>>;

/** Handlers by hook name. Write `readonly hooks = { … } satisfies HookHandlers` to have payloads inferred. */
export type HookHandlers = { readonly [Hook in keyof HookContracts]?: HandlerOf<Hook> } & CustomHandlers;

declare const custom: unique symbol;

/** What handlers of custom hooks have in common with `HookHandlers`: without it, a plugin of those alone has no type. */
export interface CustomHandlers {
  readonly [custom]?: never;
}

/** Handlers by hook name, when names are not known to the compiler. */
export type AnyHookHandlers = Readonly<Record<string, HookHandler<never>>>;

/** The handler of a custom hook that no augmentation names: `hooks = { ...on(myHook, payload => …) }`. */
export function on<Contract extends AnyHookContract>(
  contract: Contract,
  handler: HookHandler<ContractPayload<Contract>>,
): OnHook<Contract> {
  return { [contract.name]: handler } as OnHook<Contract>;
}

/** What `on` returns. */
export type OnHook<Contract extends AnyHookContract> = CustomHandlers & {
  readonly [Name in Contract['name']]: HookHandler<ContractPayload<Contract>>;
};
