import { describe, expect, it } from 'vitest';
import { measureGroup } from '../../bench/measure.mjs';
import { formatGroup } from '../../bench/report.mjs';

function recorder() {
  const order: string[] = [];
  const target = (name: string) => ({ name, loop: (calls: number) => void order.push(`${name} ${calls}`) });
  return { order, target };
}

describe('measureGroup', () => {
  it('warms every target by the same number of calls, then brackets each measurement by the anchor', async () => {
    const { order, target } = recorder();
    const group = {
      name: 'g',
      calls: 7,
      warmupCalls: 3,
      anchor: target('anchor'),
      targets: [target('a'), target('b')],
    };
    await measureGroup(group, { rounds: 2 });
    expect(order.join(', ')).toBe(
      'anchor 3, a 3, b 3, ' +
        'anchor 7, a 7, anchor 7, b 7, anchor 7, ' +
        'anchor 7, b 7, anchor 7, a 7, anchor 7',
    );
  });

  it('has one ratio for each round and target', async () => {
    const { target } = recorder();
    const group = { name: 'g', calls: 1, anchor: target('anchor'), targets: [target('a')] };
    const result = await measureGroup(group, { rounds: 4 });
    expect(result.targets.map(({ name, ratios }) => [name, ratios.length])).toEqual([['a', 4]]);
  });

  it('awaits each call of an async target, and only promises of one that may return them', async () => {
    let open = 0;
    let mostOpen = 0;
    const slow = async () => {
      mostOpen = Math.max(mostOpen, ++open);
      await Promise.resolve();
      open--;
    };
    const anchor = { name: 'anchor', style: 'sync' as const, call: () => 1 };
    const targets = [
      { name: 'async', call: slow },
      { name: 'maybe', style: 'maybe' as const, call: slow },
    ];
    await measureGroup({ name: 'g', calls: 20, anchor, targets }, { rounds: 1 });
    expect(mostOpen).toBe(1);
  });

  it('says when a measurement is too short to mean something', async () => {
    const warnings: string[] = [];
    const { target } = recorder();
    const group = { name: 'tiny', calls: 1, anchor: target('anchor'), targets: [] };
    await measureGroup(group, { rounds: 1, warn: (message) => warnings.push(message) });
    expect(warnings).toEqual([expect.stringMatching(/^tiny: a measurement took .* raise its calls$/)]);
  });

  it('reports a target whose calls fail as failed, and goes on with the others', async () => {
    const { order, target } = recorder();
    let left = 1;
    const failing = {
      name: 'failing',
      loop: () => {
        if (left-- === 0) throw new Error('no answer');
      },
    };
    const group = { name: 'g', calls: 1, anchor: target('anchor'), targets: [failing, target('a')] };
    const result = await measureGroup(group, { rounds: 2 });
    expect(result.targets).toMatchObject([
      { name: 'failing', failed: 'no answer', ratio: NaN, ratios: [] },
      { name: 'a', ratios: [expect.any(Number), expect.any(Number)] },
    ]);
    expect(formatGroup(result)).toMatch(/failing +FAILED\n.*a +\d[^]*failing failed: no answer/);
    expect(order.filter((call) => call === 'a 1')).toHaveLength(3);
  });
});
