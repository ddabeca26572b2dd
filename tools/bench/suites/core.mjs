import { definePlugin, PluginManager } from '@mcpplugins/framework-core';
import { literal, ours, payload, peers, rawLoop } from '../lib/dispatch-targets.mjs';
import { measureCpex } from '../lib/cpex.mjs';
import { defineSuite } from '../suite.mjs';

const dispatchGroup = 'dispatch of a payload that is isolated already';
const callsOf = (/** @type {number} */ count) => Math.ceil(400_000 / (count + 1));

export default defineSuite({
  title:
    'Dispatch: our executor against a raw loop of awaits, the specification written literally, and peers',
  peers: [...Object.keys(peers), 'cpex'],
  async prepare({ wants, peer }) {
    /** @type {(() => Promise<void>)[]} */
    const closers = [];
    /** @param {Parameters<typeof ours>[0]} options */
    const guarded = async (options) => {
      const { target, close } = await ours(options);
      closers.push(close);
      return target;
    };
    /** @type {import('../suite.mjs').Group[]} */
    const groups = [];
    for (const count of [1, 5, 10, 50]) {
      groups.push({
        name: `${count} plugins`,
        calls: callsOf(count),
        anchor: rawLoop(count),
        targets: [
          await guarded({ name: 'mcpplugins, async plugins', count, isAsync: true }),
          await guarded({ name: 'mcpplugins, sync plugins', count, isAsync: false }),
          literal(count, 'spread'),
          literal(count, 'class'),
          ...(await peerTargets(count)),
        ],
      });
    }
    groups.push(await unhooked());
    groups.push({
      name: '10 async plugins, other conditions',
      calls: callsOf(10),
      anchor: rawLoop(10),
      targets: [
        await guarded({
          name: 'a fresh payload each call (isolation included)',
          count: 10,
          isAsync: true,
          isFresh: true,
        }),
        await guarded({
          name: 'with an observer',
          count: 10,
          isAsync: true,
          observers: [{ onDecisions() {} }],
        }),
        await guarded({ name: 'every second plugin modifies', count: 10, isAsync: true, modifies: true }),
      ],
    });
    groups.push(await dispatchAlone());
    for (const size of [120, 1000, 100_000]) groups.push(await isolation(size, tree(size)));
    groups.push(
      await isolation(100_000, { name: 'echo', args: { text: 'x'.repeat(100_000) } }, 'in one string'),
    );
    return {
      groups,
      after: (/** @type {readonly import('../measure.mjs').GroupResult[]} */ results) => [
        ...isolationApart(results),
        ...compareCpex(results),
      ],
      close: () => Promise.all(closers.map((close) => close())),
    };

    /** @param {readonly import('../measure.mjs').GroupResult[]} results */
    function compareCpex(results) {
      const own = results.find(({ name }) => name === '10 plugins')?.targets[0];
      if (!wants('cpex') || own === undefined) return [];
      const nanoseconds = measureCpex({ plugins: 10, calls: 3000 });
      const ratio = (nanoseconds / own.cpuNs).toFixed(0);
      return [`cpex (Python), 10 plugins: ${nanoseconds} ns of CPU, ${ratio}x ${own.name}`];
    }

    /** @param {number} count */
    async function peerTargets(count) {
      const targets = [];
      for (const [name, make] of Object.entries(peers)) {
        if (wants(name)) targets.push({ name, call: make(await peer(name), count) });
      }
      return targets;
    }

    /** A host without plugins: what its calls pay for being able to have some. */
    async function unhooked() {
      const manager = await PluginManager.start({ plugins: [] });
      closers.push(() => manager.shutdown());
      const request = manager.openRequest();
      const target = async (/** @type {unknown} */ given) => given;
      const wrapped = async (/** @type {unknown} */ given) => {
        const result = await target(given);
        return result;
      };
      const hooked = async (/** @type {typeof payload} */ given) => {
        if (request.has('tool_pre_invoke')) await request.invoke('tool_pre_invoke', given);
        const result = await target(given);
        if (request.has('tool_post_invoke'))
          await request.invoke('tool_post_invoke', { name: given.name, result });
        return result;
      };
      return {
        name: 'no plugin on the hook',
        calls: 400_000,
        anchor: { name: 'the function through one wrapper', call: () => wrapped(payload) },
        targets: [{ name: 'mcpplugins, pre and post hook', call: () => hooked(payload) }],
      };
    }

    /** What the calls of the isolation groups cost beside the isolation. */
    async function dispatchAlone() {
      const request = await idleRequest();
      const given = tree(120);
      const isolated = copyOf(given);
      await request.invoke('tool_pre_invoke', isolated, { owned: true });
      return {
        name: dispatchGroup,
        calls: 200_000,
        anchor: {
          name: 'one plain walk of 120 bytes',
          style: /** @type {const} */ ('sync'),
          call: () => walk(given),
        },
        targets: [
          {
            name: 'one idle plugin',
            style: /** @type {const} */ ('sync'),
            call: () => request.invoke('tool_pre_invoke', isolated),
          },
        ],
      };
    }

    async function idleRequest() {
      const idle = definePlugin({ name: 'idle', hooks: () => ({ tool_pre_invoke: () => undefined }) });
      const manager = await PluginManager.start({
        plugins: [{ config: { name: 'idle', kind: 'idle' }, load: () => idle }],
      });
      closers.push(() => manager.shutdown());
      return manager.openRequest();
    }

    /**
     * The first hook call on a payload, with one idle sync plugin, against one plain walk over it.
     *
     * @param {number} size
     * @param {{ name: string; args: Record<string, unknown> }} given
     */
    async function isolation(size, given, how = 'as a tree') {
      const request = await idleRequest();
      const calls = Math.min(50_000, Math.max(50, Math.ceil(600_000 / nodesOf(given))));
      /** @type {(typeof given)[]} */
      let owned = [];
      return {
        name: `isolation of ${size} bytes ${how}`,
        calls,
        anchor: { name: 'one plain walk', style: /** @type {const} */ ('sync'), call: () => walk(given) },
        targets: [
          {
            name: 'copied',
            style: /** @type {const} */ ('sync'),
            call: () => request.invoke('tool_pre_invoke', given),
          },
          {
            name: 'owned',
            style: /** @type {const} */ ('sync'),
            // An owned payload is frozen for good, so each call uses one up.
            prepare: (/** @type {number} */ count) => {
              owned = Array.from({ length: count }, () => copyOf(given));
            },
            call: () => request.invoke('tool_pre_invoke', owned.pop() ?? given, { owned: true }),
          },
        ],
      };
    }
  },
});

/**
 * What isolation costs once the dispatch of the same call on a payload that is isolated already is taken off.
 *
 * @param {readonly import('../measure.mjs').GroupResult[]} results
 */
function isolationApart(results) {
  const dispatch = results.find(({ name }) => name === dispatchGroup)?.targets[0]?.cpuNs ?? 0;
  return results
    .filter(({ name }) => name.startsWith('isolation'))
    .map(({ name, anchor, targets }) => {
      const ratios = targets.map(
        (target) => `${target.name} ${((target.cpuNs - dispatch) / anchor.cpuNs).toFixed(2)}x`,
      );
      return `${name}, without the dispatch: ${ratios.join(', ')}`;
    });
}

/** @param {number} size */
function tree(size) {
  const rows = Math.max(1, Math.round(size / 125));
  return {
    name: 'echo',
    args: {
      rows: Array.from({ length: rows }, (_, id) => ({
        id,
        title: `row ${id} ${'t'.repeat(60)}`,
        done: false,
        tags: ['a', 'b'],
      })),
    },
  };
}

/** A copy that shares strings. @template Value @param {Value} value @returns {Value} */
function copyOf(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return /** @type {any} */ (value.map(copyOf));
  return /** @type {any} */ (
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]))
  );
}

let seen = 0;

/** @param {unknown} value */
function walk(value) {
  if (typeof value === 'string') seen += value.length;
  else if (Array.isArray(value)) for (const item of value) walk(item);
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) walk(/** @type {Record<string, unknown>} */ (value)[key]);
  } else seen++;
}

/** @param {unknown} value @returns {number} */
function nodesOf(value) {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce((sum, item) => sum + nodesOf(item), 0);
}
