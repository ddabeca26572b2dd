import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicName, serverKeys } from '../../src/merged/public-names.js';

describe('serverKeys', () => {
  it.each([
    ['files', 'files'],
    ['My Files', 'My-Files'],
    ['a__b', 'a_b'],
    ['trailing_', 'trailing'],
    ['größe', 'gr-e'],
    ['___', 'server'],
  ])('calls %j %j', (name, key) => {
    expect(serverKeys([name]).get(name)).toBe(key);
  });

  it('gives two servers two keys', () => {
    expect([...serverKeys(['a b', 'a-b', 'a*b']).values()]).toEqual(['a-b', 'a-b-2', 'a-b-3']);
  });
});

describe('publicName', () => {
  it('never gives two tools one name, whatever servers and tools are called', () => {
    const names = fc.string({
      unit: fc.constantFrom('a', 'b', '_', '-', '2', ' '),
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(names, { maxLength: 4 }),
        fc.uniqueArray(names, { maxLength: 4 }),
        (servers, tools) => {
          const keys = [...serverKeys(servers).values()];
          const shown = keys.flatMap((key) => tools.map((tool) => publicName(key, tool)));
          expect(new Set(shown).size).toBe(shown.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
