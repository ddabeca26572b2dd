import type { HookHandlers, PluginContext } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';

/** A payload whose hook is one of all. */
export type AnyPayload = Readonly<Record<string, unknown>>;

/** The same handler on every built-in hook; it may answer with what no plugin should. */
export function everyHook(
  handler: (payload: AnyPayload, context: PluginContext, hook: string) => unknown,
): HookHandlers {
  const entries = builtInContracts.map(({ name }) => [
    name,
    (payload: AnyPayload, context: PluginContext) => handler(payload, context, name),
  ]);
  // Handlers of the fault kit break the contract on purpose.
  return Object.fromEntries(entries) as HookHandlers;
}
