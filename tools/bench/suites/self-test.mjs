import { defineSuite } from '../suite.mjs';

let sink = 0;

/** @param {number} steps */
function work(steps) {
  for (let index = 0; index < steps; index++) sink = (sink * 31 + index) | 0;
  return sink;
}

/**
 * @param {string} name
 * @param {number} count
 * @returns {import('../suite.mjs').Target}
 */
const stepping = (name, count) => ({ name, style: 'sync', call: () => work(count) });

/** Known answers: the harness is right when it prints 1, 2 and 4, and 1 for a promise against a promise. */
export default defineSuite({
  title: 'The harness itself: these ratios are known in advance',
  peers: ['hookable'],
  async prepare({ wants, peer }) {
    /** @type {import('../suite.mjs').Group[]} */
    const groups = [
      {
        name: 'arithmetic, known ratios 1, 2, 4',
        calls: 20_000,
        anchor: stepping('1 000 steps', 1000),
        targets: [stepping('the same', 1000), stepping('twice', 2000), stepping('four times', 4000)],
      },
      {
        name: 'await, known ratio 1',
        calls: 200_000,
        anchor: { name: 'await undefined', call: async () => undefined },
        targets: [{ name: 'the same as a loop', loop: awaitMany }],
      },
    ];
    if (!wants('hookable')) return { groups };
    const { createHooks } = await peer('hookable');
    const hooks = createHooks();
    hooks.hook('nothing', () => undefined);
    groups.push({
      name: 'a peer loads',
      calls: 100_000,
      anchor: { name: 'await undefined', call: async () => undefined },
      targets: [{ name: 'hookable, one hook', call: () => hooks.callHook('nothing') }],
    });
    return { groups };
  },
});

/** @param {number} calls */
async function awaitMany(calls) {
  const nothing = async () => undefined;
  for (let index = 0; index < calls; index++) await nothing();
}
