import { createPluginContext, type PluginContext } from '@mcpplugins/framework-core';
import PiiFilter from '../../src/index.js';

/** The plugin with these settings. */
export function createFilter(config: Record<string, unknown> = {}): PiiFilter {
  return new PiiFilter({ name: 'pii', kind: '@mcpplugins/plugin-pii-filter', config });
}

/** A context for one call. */
export const context: PluginContext = createPluginContext({ requestId: 'test' });

/** What the filter makes of the arguments of a tool call. */
export function maskArgs(config: Record<string, unknown>, args: Record<string, unknown>): unknown {
  const result = createFilter(config).hooks.tool_pre_invoke({ name: 'tool', args }, context);
  return result?.modifiedPayload?.args ?? args;
}

/** What the filter makes of one argument. */
export function maskText(text: string, config: Record<string, unknown> = {}): unknown {
  return (maskArgs(config, { value: text }) as { readonly value: unknown }).value;
}
