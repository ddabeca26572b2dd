/**
 * How a plugin server wants hooks to be called: one MCP tool per hook, as in the specification, or `invoke_hook`, as in
 * today's Python framework.
 */
export type WireDialect = 'tool_per_hook' | 'invoke_hook';

/** Names of the tools that every dialect shares, and of the tool of the generic one. */
export const wireTools = {
  invokeHook: 'invoke_hook',
  getPluginConfig: 'get_plugin_config',
  getPluginConfigs: 'get_plugin_configs',
} as const;

/**
 * What our two ends can do beyond the dialects. A server names them in the `mcpplugins` field of `get_plugin_config`, a
 * client in `_meta[wireAcceptsKey]` of its calls; other peers ignore both.
 *
 * - `respond`: a pre hook may answer in place of the target.
 * - `native_payloads`: payloads have the shapes of our contracts (`error` in post hooks, whole resource results).
 * - `structured`: the reply may be `structuredContent` alone.
 */
export const wireFeatures = ['respond', 'native_payloads', 'structured'] as const;

/** One of `wireFeatures`. */
export type WireFeature = (typeof wireFeatures)[number];

/** Key in the `_meta` of a call under which a client lists the features that it understands. */
export const wireAcceptsKey = 'mcpplugins.dev/accepts';

/** The dialect that a server speaks, by the names of its tools; undefined: it is no plugin server. */
export function detectDialect(tools: Iterable<string>, hooks: Iterable<string>): WireDialect | undefined {
  const names = new Set(tools);
  if (names.has(wireTools.invokeHook)) return 'invoke_hook';
  for (const hook of hooks) if (names.has(hook)) return 'tool_per_hook';
  return undefined;
}

/** The features among what a peer lists; anything else in it is dropped. */
export function readFeatures(listed: unknown): ReadonlySet<WireFeature> {
  if (!Array.isArray(listed)) return new Set();
  return new Set(wireFeatures.filter((feature) => listed.includes(feature)));
}
