import type {
  DeepReadonly,
  HookName,
  HookResult,
  MaybePromise,
  PayloadOf,
  PluginContext,
} from '@mcpplugins/framework-core';

/** What a handler of `Hook` answers at once. */
type Answer<Hook extends HookName> = HookResult<PayloadOf<Hook>> | undefined;

/** One function for several hooks: it is told which one runs. */
type SharedHandler<Names extends HookName, Returned> = (
  hook: Names,
  payload: DeepReadonly<PayloadOf<Names>>,
  context: PluginContext,
) => Returned;

type Handler<Hook extends HookName, Returned> = (
  payload: DeepReadonly<PayloadOf<Hook>>,
  context: PluginContext,
) => Returned;

/**
 * Handlers for plugins that do the same on many hooks:
 * `override readonly hooks = handleHooks(['tool_pre_invoke', 'tool_post_invoke'], (hook, payload) => …)`.
 * A handler that answers at once gives handlers that do.
 */
export function handleHooks<const Names extends HookName>(
  names: readonly Names[],
  handler: SharedHandler<Names, Answer<Names>>,
): { readonly [Hook in Names]: Handler<Hook, Answer<Hook>> };
export function handleHooks<const Names extends HookName>(
  names: readonly Names[],
  handler: SharedHandler<Names, MaybePromise<Answer<Names>>>,
): { readonly [Hook in Names]: Handler<Hook, MaybePromise<Answer<Hook>>> };
export function handleHooks<const Names extends HookName>(
  names: readonly Names[],
  handler: SharedHandler<Names, MaybePromise<Answer<Names>>>,
): object {
  return Object.fromEntries(
    names.map((hook) => [
      hook,
      (payload: DeepReadonly<PayloadOf<Names>>, context: PluginContext) => handler(hook, payload, context),
    ]),
  );
}
