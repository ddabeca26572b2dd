// The specification's manager and executor, written down as its text has them ("Plugin Context System", "Security and Protection"): the
// size of the arguments is measured, a race with a timer for every plugin call, a context with merged copies for every plugin, a table of
// contexts that is kept for the request. The thing to be compared with, not to be used.
// `PluginContext(GlobalContext)` of that text becomes TypeScript in two ways, which cost differently: a copy of the global context by
// spreading it, or an instance of a class.

/**
 * @typedef {{ name: string; uuid: string; priority: number; mode: string; conditions: { tools: Set<string>; serverIds: Set<string> }; run: (payload: unknown, context: LiteralContext) => unknown }} LiteralPlugin
 * @typedef {{ requestId: string; user: string | null; tenantId: string | null; serverId: string | null; state: Record<string, unknown>; metadata: Record<string, unknown> }} LiteralGlobalContext
 * @typedef {LiteralGlobalContext & { getState(key: string, otherwise?: unknown): unknown; setState(key: string, value: unknown): void }} LiteralContext
 * @typedef {Record<string, LiteralContext>} LiteralContextTable
 */

const maxPayloadSize = 1_000_000;
const contextMaxAgeMs = 3_600_000;
const contextCleanupMs = 300_000;

export class LiteralManager {
  /** @type {Record<string, [LiteralContextTable, number]>} */
  contextStore = {};
  lastCleanup = Date.now();
  /** @type {readonly LiteralPlugin[]} */
  plugins;
  timeoutMs = 30_000;

  /**
   * @param {readonly LiteralPlugin[]} plugins
   * @param {(global: LiteralGlobalContext) => LiteralContext} createContext
   */
  constructor(plugins, createContext) {
    this.plugins = plugins;
    this.createContext = createContext;
  }

  /**
   * @param {{ name: string; args: Record<string, unknown> }} payload
   * @param {LiteralGlobalContext} global
   */
  async toolPreInvoke(payload, global) {
    await this.cleanUpOldContexts();
    const [result, table] = await this.execute(payload, global);
    if (Object.keys(table).length > 0) this.contextStore[global.requestId] = [table, Date.now()];
    return [result, table];
  }

  async cleanUpOldContexts() {
    const now = Date.now();
    if (now - this.lastCleanup < contextCleanupMs) return;
    for (const [key, [, time]] of Object.entries(this.contextStore))
      if (now - time > contextMaxAgeMs) delete this.contextStore[key];
    this.lastCleanup = now;
  }

  /**
   * @param {{ name: string; args: Record<string, unknown> }} payload
   * @param {LiteralGlobalContext} global
   * @returns {Promise<[Record<string, unknown>, LiteralContextTable]>}
   */
  async execute(payload, global) {
    validatePayloadSize(payload);
    let current = payload;
    /** @type {Record<string, unknown>} */
    let metadata = {};
    /** @type {LiteralContextTable} */
    const table = {};
    for (const plugin of [...this.plugins].sort((left, right) => left.priority - right.priority)) {
      const { tools, serverIds } = plugin.conditions;
      if (!tools.has(current.name) || !serverIds.has(global.serverId ?? '')) continue;
      const context = this.createContext(global);
      table[global.requestId + plugin.uuid] = context;
      try {
        const result = /** @type {any} */ (
          await executeWithTimeout(plugin, current, context, this.timeoutMs)
        );
        Object.assign(global.state, context.state);
        if (result.metadata) metadata = { ...metadata, ...result.metadata };
        if (result.modifiedPayload) current = result.modifiedPayload;
        if (!result.continueProcessing && plugin.mode === 'enforce') return [{ ...result, metadata }, table];
      } catch (error) {
        if (plugin.mode === 'enforce') {
          const violation = { code: 'PLUGIN_ERROR', reason: String(error) };
          return [{ continueProcessing: false, violation }, table];
        }
      }
    }
    const modifiedPayload = current === payload ? null : current;
    return [{ continueProcessing: true, modifiedPayload, violation: null, metadata }, table];
  }
}

/** Makes the context of a plugin by spreading. @param {LiteralGlobalContext} global @returns {LiteralContext} */
export function spreadContext(global) {
  return {
    ...global,
    state: { ...global.state },
    metadata: { ...global.metadata },
    getState(key, otherwise = null) {
      return this.state[key] ?? otherwise;
    },
    setState(key, value) {
      this.state[key] = value;
    },
  };
}

/** The context of a plugin as a class. @implements {LiteralContext} */
export class PluginContext {
  /** @param {LiteralGlobalContext} global */
  constructor(global) {
    this.requestId = global.requestId;
    this.user = global.user;
    this.tenantId = global.tenantId;
    this.serverId = global.serverId;
    /** @type {Record<string, unknown>} */
    this.state = { ...global.state };
    /** @type {Record<string, unknown>} */
    this.metadata = { ...global.metadata };
  }

  /** @param {string} key @param {unknown} otherwise */
  getState(key, otherwise = null) {
    return this.state[key] ?? otherwise;
  }

  /** @param {string} key @param {unknown} value */
  setState(key, value) {
    this.state[key] = value;
  }
}

/** The sum of the texts of the arguments: what Python's `str` makes of a structure is all of it. @param {{ args: Record<string, unknown> }} payload */
function validatePayloadSize({ args }) {
  let size = 0;
  for (const value of Object.values(args))
    size += typeof value === 'string' ? value.length : JSON.stringify(value).length;
  if (size > maxPayloadSize) throw new Error(`Payload size ${size} exceeds limit`);
}

/**
 * @param {LiteralPlugin} plugin
 * @param {unknown} payload
 * @param {LiteralContext} context
 * @param {number} timeoutMs
 */
async function executeWithTimeout(plugin, payload, context, timeoutMs) {
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
