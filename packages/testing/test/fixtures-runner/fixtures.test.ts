import { block, definePlugin, FrameworkError, modify } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { createTestHost, parseFixtures, runFixtures, updateFixtures } from '../../src/index.js';

const WordGuard = definePlugin({
  name: 'word-guard',
  hooks: () => ({
    tool_pre_invoke: (payload, { user }) => {
      const text = String(payload.args['text']);
      if (text.includes('forbidden')) return block({ code: 'WORD', reason: 'a word' });
      if (!text.includes('secret')) return undefined;
      return modify(
        { ...payload, args: { ...payload.args, text: text.replace('secret', '***') } },
        { masked_for: user ?? 'nobody' },
      );
    },
  }),
});

const good = `# What the word guard does.
fixtures:
  - name: refuses
    hook: tool_pre_invoke
    payload: { args: { text: forbidden } }
    expect: { outcome: block, code: WORD, plugin: word-guard }
  - hook: tool_pre_invoke # masks
    user: ada
    payload: { args: { text: a secret, other: 1 } }
    expect:
      outcome: modify
      payload: { args: { text: a *** } }
      metadata: { masked_for: ada }
  - hook: tool_pre_invoke
    payload: { args: { text: fine } }
    expect: { outcome: proceed }
`;

async function run(text: string, file = 'words.yaml') {
  await using host = await createTestHost([WordGuard]);
  const parsed = parseFixtures(text, file);
  const results = await runFixtures(parsed.fixtures, host);
  return { parsed, results, updated: updateFixtures(parsed, results) };
}

describe('fixtures', () => {
  it('pass when outcome, code, payload and metadata are as expected', async () => {
    const { results, parsed, updated } = await run(good);
    expect(results.map(({ isPassed, name }) => [name, isPassed])).toEqual([
      ['refuses', true],
      ['tool_pre_invoke 2', true],
      ['tool_pre_invoke 3', true],
    ]);
    expect(parsed.lines).toEqual([3, 7, 14]);
    expect(updated).toBe(good);
  });

  it('fail with the place of each difference', async () => {
    const wrong = good.replace('code: WORD', 'code: OTHER').replace('text: a ***', 'text: b');
    const { results } = await run(wrong);
    expect(results.map(({ differences }) => differences)).toEqual([
      [{ path: '/code', expected: 'OTHER', actual: 'WORD' }],
      [{ path: '/payload/args/text', expected: 'b', actual: 'a ***' }],
      [],
    ]);
  });

  it('fail when nothing is expected, when the hook is unknown and when the payload is none', async () => {
    const { results } = await run(`fixtures:
  - hook: tool_pre_invoke
  - { hook: tool_pre_invok, expect: { outcome: proceed } }
  - { hook: tool_pre_invoke, payload: { args: 3 }, expect: { outcome: proceed } }
`);
    expect(results.map(({ isPassed, actual }) => [isPassed, actual.slice(0, 40)])).toEqual([
      [false, 'proceed'],
      [false, 'no built-in hook is named "tool_pre_invo'],
      [false, 'this is no payload of tool_pre_invoke: ['],
    ]);
  });

  it('are rewritten to what came out, with comments, and pass then', async () => {
    const wrong = good
      .replace('code: WORD', 'code: OTHER')
      .replace('outcome: modify\n', 'outcome: block # for now\n')
      .replace('expect: { outcome: proceed }', '# nothing is expected yet');
    const { updated } = await run(wrong);
    expect(updated).toContain('# What the word guard does.');
    expect(updated).toContain('# masks');
    expect(updated).toContain('# nothing is expected yet');
    expect(updated).toContain('code: WORD');
    const { results } = await run(updated);
    expect(results.every(({ isPassed }) => isPassed)).toBe(true);
  });

  it('may be JSON, and stay JSON', async () => {
    const text = JSON.stringify({
      fixtures: [{ hook: 'tool_pre_invoke', payload: { args: { text: 'forbidden' } } }],
    });
    const { updated } = await run(text, 'words.json');
    expect(JSON.parse(updated)).toMatchObject({
      fixtures: [{ expect: { outcome: 'block', code: 'WORD' } }],
    });
  });

  it.each([
    ['fixtures: [', 'words.yaml:1:12 '],
    ['fixtures: []', 'a file of fixtures has at least one'],
    ['fixtures:\n  - hook: a\n    expct: {}', 'words.yaml:2:5 fixtures.0: Unrecognized key: "expct"'],
    ['fixtures:\n  - hook: a\n    expect: { outcome: blocked }', 'words.yaml:3:24 fixtures.0.expect.outcome'],
    ['hello', 'words.yaml:1:1 the file'],
  ])('that cannot be used are refused with a place: %s', (text, message) => {
    const refused = catchError(() => parseFixtures(text, 'words.yaml'));
    expect(FrameworkError.is(refused, 'FIXTURE_INVALID') && refused.message).toContain(message);
  });
});

function catchError(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
