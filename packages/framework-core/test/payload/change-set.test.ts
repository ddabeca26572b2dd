import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, ChangeIndex } from '../../src/payload/change-index.js';
import { changesBetween, toPointer } from '../../src/payload/change-set.js';
import { isSame } from '../../src/payload/is-same.js';

/** JSON of arrays and objects with few keys, so that two of them often meet. */
const json = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(1, 2, 'a', null, true),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'x/y'), tie('node'), { noNullPrototype: true }),
  ),
})).node;

const pointers = (before: unknown, after: unknown) =>
  changesBetween(before, after).map(({ path }) => toPointer(path));

describe('changesBetween', () => {
  it('finds what applyChanges needs to make the one out of the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(isSame(applyChanges(before, changesBetween(before, after)), after)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds nothing exactly where nothing differs', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(changesBetween(before, after).length === 0).toBe(isSame(before, after));
        expect(changesBetween(before, structuredClone(before))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, unknown, unknown, string[]]>([
    ['a leaf', { a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }, ['/a/b']],
    ['a new and a removed key', { a: 1 }, { b: 1 }, ['/a', '/b']],
    ['an item of an array', { a: [1, 2, 3] }, { a: [1, 9, 3] }, ['/a/1']],
    ['an array of another length', { a: [1] }, { a: [1, 2] }, ['/a']],
    ['an array in another order', { a: [1, 2, 3] }, { a: [3, 2, 1] }, ['/a']],
    ['objects in another order', { a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 2 }, { x: 1 }] }, ['/a']],
    ['all items changed, none moved', { a: ['x', 'y'] }, { a: ['*', '*'] }, ['/a/0', '/a/1']],
    ['keys with / and ~', { 'x/y': 1, '~': 1 }, { 'x/y': 2, '~': 2 }, ['/x~1y', '/~0']],
    ['an object in place of an array', { a: [] }, { a: {} }, ['/a']],
    ['the root', 1, 2, ['']],
  ])('%s', (_name, before, after, expected) => {
    expect(pointers(before, after)).toEqual(expected);
  });

  it('is fast on deep nesting and long arrays that change everywhere', () => {
    const nest = (leaf: number) => {
      let value: unknown = [leaf, leaf];
      for (let level = 0; level < 150; level++) value = [value, leaf];
      return value;
    };
    expect(changesBetween(nest(1), nest(2)).length).toBeGreaterThan(1);
    const long = (offset: number) => Array.from({ length: 20_000 }, (_, index) => ({ n: index + offset }));
    expect(pointers(long(0), long(50_000))).toEqual(['']);
  });
});

describe('applyChanges', () => {
  it('shares what lies on no changed path and leaves its base alone', () => {
    const base = { a: { x: 1 }, b: { y: 1 } };
    const changed = applyChanges(base, changesBetween(base, { a: { x: 2 }, b: { y: 1 } })) as typeof base;
    expect(changed).toEqual({ a: { x: 2 }, b: { y: 1 } });
    expect(changed.b).toBe(base.b);
    expect(base.a.x).toBe(1);
  });
});

describe('ChangeIndex', () => {
  const indexOf = (before: unknown, after: unknown) => {
    const index = new ChangeIndex();
    index.add(changesBetween(before, after));
    return index;
  };
  const base = { a: { x: 1, y: 1 }, list: [1, 2] };

  it.each<[string, unknown, unknown, boolean]>([
    ['the same place, the same value', { ...base, a: { x: 2, y: 1 } }, { ...base, a: { x: 2, y: 1 } }, false],
    ['the same place, another value', { ...base, a: { x: 2, y: 1 } }, { ...base, a: { x: 3, y: 1 } }, true],
    ['places side by side', { ...base, a: { x: 2, y: 1 } }, { ...base, a: { x: 1, y: 2 } }, false],
    ['a place inside the other', { ...base, a: 'gone' }, { ...base, a: { x: 1, y: 2 } }, true],
    ['a place around the other', { ...base, a: { x: 1, y: 2 } }, { ...base, a: 'gone' }, true],
    ['removed by both', { list: [1, 2] }, { list: [1, 2] }, false],
    ['removed by one, changed by the other', { list: [1, 2] }, { ...base, a: 1 }, true],
    ['items side by side', { ...base, list: [9, 2] }, { ...base, list: [1, 9] }, false],
    ['an item and the whole list', { ...base, list: [9, 2] }, { ...base, list: [1] }, true],
  ])('%s: conflict is %3$s', (_name, first, second, expected) => {
    expect(changesBetween(base, second).some((change) => indexOf(base, first).conflictsWith(change))).toBe(
      expected,
    );
  });

  it('lets two sets through exactly when either order of applying them gives the same', () => {
    fc.assert(
      fc.property(json, json, json, (start, left, right) => {
        const leftChanges = changesBetween(start, left);
        const rightChanges = changesBetween(start, right);
        const index = new ChangeIndex();
        index.add(leftChanges);
        fc.pre(!rightChanges.some((change) => index.conflictsWith(change)));
        const oneWay = applyChanges(applyChanges(start, leftChanges), rightChanges);
        const otherWay = applyChanges(applyChanges(start, rightChanges), leftChanges);
        expect(isSame(oneWay, otherWay)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
