import { CallContext } from './call-context.js';
import { createGlobalContext, type GlobalContextInput } from './global-context.js';
import { type Logger, silentLogger } from './logger.js';
import type { PluginContext } from './plugin-context.js';
import { RequestState } from './request-state.js';

/**
 * A context to call a handler with by hand, e.g. in a unit test:
 * `await plugin.hooks.tool_pre_invoke(payload, createPluginContext({ requestId: 'test-1' }))`.
 */
export function createPluginContext(
  global: GlobalContextInput = {},
  logger: Logger = silentLogger,
): PluginContext {
  return new CallContext(
    { global: createGlobalContext(global, 'test'), state: new RequestState() },
    { logger },
  );
}
