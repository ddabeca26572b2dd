// The specification's executor, written down as its text has it ("Security and Protection"): a race with a timer for every
// plugin call, a merged copy of contexts and metadata for every plugin. The thing to be compared with, not to be used.

/**
 * @typedef {{ name: string; priority: number; mode: string; conditions: { tools: Set<string>; serverIds: Set<string> }; run: (payload: unknown, context: LiteralContext) => unknown }} LiteralPlugin
 * @typedef {{ requestId: string; serverId: string; state: Record<string, unknown>; metadata: Record<string, unknown>; setState: (key: string, value: unknown) => void }} LiteralContext
 */

/**
 * @param {readonly LiteralPlugin[]} plugins
 * @param {{ payload: { name: string }; global: { requestId: string; serverId: string; state: Record<string, unknown>; metadata: Record<string, unknown> }; timeoutMs: number }} call
 */
export async function executeLiterally(plugins, { payload, global, timeoutMs }) {
  let current = payload;
  /** @type {Record<string, unknown>} */
  let metadata = {};
  for (const plugin of [...plugins].sort((left, right) => left.priority - right.priority)) {
    if (!plugin.conditions.tools.has(current.name) || !plugin.conditions.serverIds.has(global.serverId))
      continue;
    /** @type {LiteralContext} */
    const context = {
      ...global,
      state: { ...global.state },
      metadata: { ...global.metadata },
      setState(key, value) {
        this.state[key] = value;
      },
    };
    try {
      const result = /** @type {any} */ (await withTimeout(plugin, current, context, timeoutMs));
      Object.assign(global.state, context.state);
      if (result.metadata) metadata = { ...metadata, ...result.metadata };
      if (result.modifiedPayload) current = result.modifiedPayload;
      if (!result.continueProcessing && plugin.mode === 'enforce') return { ...result, metadata };
    } catch (error) {
      if (plugin.mode === 'enforce')
        return { continueProcessing: false, violation: { code: 'PLUGIN_ERROR', reason: String(error) } };
    }
  }
  return {
    continueProcessing: true,
    modifiedPayload: current === payload ? null : current,
    violation: null,
    metadata,
  };
}

/**
 * @param {LiteralPlugin} plugin
 * @param {unknown} payload
 * @param {LiteralContext} context
 * @param {number} timeoutMs
 */
async function withTimeout(plugin, payload, context, timeoutMs) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    return await Promise.race([
      plugin.run(payload, context),
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('timeout')), timeoutMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
