import { randomUUID } from 'node:crypto';
import { definePlugin, modify, PluginManager, proceed } from '@mcpplugins/framework-core';
import { LiteralManager, PluginContext, spreadContext } from './literal-executor.mjs';

/** About 1 KB of arguments: the payload of every dispatch measurement. */
export const payload = {
  name: 'echo',
  args: {
    text: 'lorem ipsum dolor sit amet '.repeat(20),
    items: Array.from({ length: 20 }, (_, id) => ({ id, name: `item ${id}` })),
    count: 1,
    flag: true,
  },
};

/**
 * Handlers that do nothing but write state in one call of ten. All targets run the same ones.
 *
 * @param {{ isAsync: boolean; answer?: (payload: any) => unknown }} options
 */
function handlers({ isAsync, answer = () => undefined }) {
  let calls = 0;
  /** @param {any} given @param {any} context */
  const work = (given, context) => {
    if (++calls % 10 === 0) context.setState('calls', calls);
    return answer(given);
  };
  return isAsync
    ? async (/** @type {any} */ given, /** @type {any} */ context) => work(given, context)
    : work;
}

/** The limit: a loop of awaits over async handlers, with a context that only stores. */
export function rawLoop(/** @type {number} */ count) {
  const state = new Map();
  const context = {
    setState: (/** @type {string} */ key, /** @type {unknown} */ value) => state.set(key, value),
  };
  const chain = Array.from({ length: count }, () => handlers({ isAsync: true }));
  return {
    name: 'raw loop of awaits',
    call: async () => {
      for (const handler of chain) await handler(payload, context);
    },
  };
}

/**
 * Our manager: limits on, a condition on two fields per plugin, timeouts armed.
 *
 * @param {{ name?: string; count: number; isAsync: boolean; isFresh?: boolean; observers?: readonly any[]; modifies?: boolean }} options
 */
export async function ours({
  name = 'mcpplugins',
  count,
  isAsync,
  isFresh = false,
  observers = [],
  modifies = false,
}) {
  /** @param {number} index */
  const answer = (index) =>
    modifies && index % 2 === 1
      ? (/** @type {any} */ given) => modify({ ...given, args: { ...given.args, count: index } })
      : undefined;
  const plugins = Array.from({ length: count }, (_, index) => {
    const handler = /** @type {any} */ (handlers({ isAsync, ...definedAnswer(answer(index)) }));
    const loaded = definePlugin({ name: 'idle', hooks: () => ({ tool_pre_invoke: handler }) });
    return {
      config: {
        name: `idle-${index}`,
        kind: 'idle',
        conditions: [{ tools: ['echo'], serverIds: ['server'] }],
      },
      load: () => loaded,
    };
  });
  const manager = await PluginManager.start({ plugins, observers });
  const request = manager.openRequest({ serverId: 'server' });
  const given = isFresh ? payload : await isolated();
  return {
    target: {
      name,
      style: /** @type {const} */ ('maybe'),
      call: () => request.invoke('tool_pre_invoke', given),
    },
    close: () => manager.shutdown(),
  };

  /** The payload as the second hook of a request meets it: known to the manager. */
  async function isolated() {
    const copier = definePlugin({
      name: 'copier',
      hooks: () => ({ tool_pre_invoke: (given) => modify({ ...given, args: { ...given.args } }) }),
    });
    await manager.addPlugin({
      config: { name: 'copier', kind: 'copier', priority: 1000 },
      load: () => copier,
    });
    const first = manager.openRequest({ serverId: 'server' });
    const outcome = await first.invoke('tool_pre_invoke', structuredClone(payload));
    first.close();
    await manager.removePlugin('copier');
    if (outcome.modifiedPayload === undefined) throw new Error('the payload was not isolated');
    return outcome.modifiedPayload;
  }
}

/** @param {((given: any) => unknown) | undefined} answer */
function definedAnswer(answer) {
  return answer === undefined ? {} : { answer };
}

/**
 * The specification's executor, literally.
 *
 * @param {number} count
 * @param {'spread' | 'class'} contexts
 */
export function literal(count, contexts) {
  const plugins = Array.from({ length: count }, (_, index) => ({
    name: `idle-${index}`,
    uuid: randomUUID().replaceAll('-', ''),
    priority: 100,
    mode: 'enforce',
    conditions: { tools: new Set(['echo']), serverIds: new Set(['server']) },
    run: handlers({ isAsync: true, answer: () => proceed() }),
  }));
  const manager = new LiteralManager(
    plugins,
    contexts === 'spread' ? spreadContext : (global) => new PluginContext(global),
  );
  const global = { requestId: 'r', user: null, tenantId: null, serverId: 'server', state: {}, metadata: {} };
  return {
    name: `the specification's executor, contexts by ${contexts}`,
    call: () => manager.toolPreInvoke(payload, global),
  };
}

/** Peers that run a chain of hooks. None has contexts, timeouts, conditions or modes. */
export const peers = {
  /** @param {any} module @param {number} count */
  hookable: ({ createHooks }, count) => {
    const hooks = createHooks();
    for (const handler of chainOf(count)) hooks.hook('call', handler);
    return () => hooks.callHook('call', payload, storing);
  },
  /** @param {any} module @param {number} count */
  tapable: ({ default: tapable }, count) => {
    const hook = new tapable.AsyncSeriesHook(['payload', 'context']);
    chainOf(count).forEach((handler, index) => hook.tapPromise(`idle-${index}`, handler));
    return () => hook.promise(payload, storing);
  },
  /** @param {any} module @param {number} count */
  'koa-compose': ({ default: compose }, count) => {
    const run = compose(
      chainOf(count).map(
        (handler) => async (/** @type {any} */ context, /** @type {() => Promise<void>} */ next) => {
          await handler(context.payload, storing);
          await next();
        },
      ),
    );
    const context = { payload };
    return () => run(context);
  },
  /** @param {any} module @param {number} count */
  '@feathersjs/hooks': ({ hooks, middleware }, count) => {
    const target = async () => undefined;
    const chain = chainOf(count).map(
      (handler) => async (/** @type {any} */ context, /** @type {() => Promise<void>} */ next) => {
        await handler(context, storing);
        await next();
      },
    );
    const run = hooks(target, middleware(chain));
    return () => run(payload);
  },
  /** @param {any} module @param {number} count */
  '@envelop/core': ({ envelop, useEngine }, count) => {
    const getEnveloped = envelop({
      plugins: [
        useEngine({
          execute: async () => ({ data: {} }),
          parse: () => ({}),
          validate: () => [],
          subscribe: async () => ({}),
        }),
        ...chainOf(count).map((handler) => ({ onExecute: () => handler(payload, storing) })),
      ],
    });
    const enveloped = getEnveloped({});
    return () => enveloped.execute({ schema: {}, document: {}, contextValue: {} });
  },
};

const stored = new Map();
const storing = {
  setState: (/** @type {string} */ key, /** @type {unknown} */ value) => stored.set(key, value),
};

/** @param {number} count */
function chainOf(count) {
  return Array.from({ length: count }, () => handlers({ isAsync: true }));
}
