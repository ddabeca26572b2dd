import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextView } from '../../src/normalise/text-view.js';
import { viewsOf } from '../../src/normalise/views-of.js';

/** A text in pieces, each as it is written and as it is read; `edited` ones differ. */
const pieces = fc.array(
  fc.record({
    written: fc.string({ minLength: 1, maxLength: 4 }),
    read: fc.string({ maxLength: 3 }),
    isEdited: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe('TextView', () => {
  it('maps each range of the view to a range that holds all pieces it touches, and no other edit', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (parts, from, length) => {
        let written = 0;
        const edits = parts.flatMap((part) => {
          const start = written;
          written += part.written.length;
          return part.isEdited ? [{ start, end: written, replacement: part.read }] : [];
        });
        const view = new TextView(parts.map((part) => part.written).join(''), edits, true);
        expect(view.text).toBe(parts.map((part) => (part.isEdited ? part.read : part.written)).join(''));
        if (view.text.length === 0) return;
        const start = from % view.text.length;
        const end = Math.min(view.text.length, start + 1 + (length % 5));
        const original = view.original(start, end);
        let viewAt = 0;
        let writtenAt = 0;
        const cut: unknown[] = [];
        for (const part of parts) {
          const size = part.isEdited ? part.read.length : part.written.length;
          const touches = viewAt < end && viewAt + size > start;
          const isInside = writtenAt >= original.start && writtenAt + part.written.length <= original.end;
          const holdsTouched =
            original.start <= writtenAt + Math.max(0, start - viewAt) &&
            original.end >= writtenAt + Math.min(size, end - viewAt);
          if (touches && !(part.isEdited ? isInside : holdsTouched)) cut.push(part);
          viewAt += size;
          writtenAt += part.written.length;
        }
        expect(cut).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('tells whether a range is written otherwise', () => {
    const view = new TextView('a%40b c', [{ start: 1, end: 4, replacement: '@' }], true);
    expect([view.text, view.differsIn(0, 1), view.differsIn(0, 2), view.differsIn(2, 5)]).toEqual([
      'a@b c',
      false,
      true,
      false,
    ]);
  });
});

describe('viewsOf', () => {
  it('gives none for plain text', () => {
    expect(viewsOf('plain text, 100 % & more\\n')).toEqual([]);
  });

  it.each([
    ['john%40example.com', ['john@example.com']],
    ['j%C3%B6hn%FF', ['jöhnÿ']],
    ['a%2540b', ['a%40b', 'a@b']],
    ['&#49;&#x32;&commat;&nosuch;&amp;', ['12@&nosuch;&']],
    ['\\u0031\\x32\\u{33}\\ud83d', ['123\\ud83d']],
    ['１２\u200b３', ['123']],
    ['%EF%BC%91', ['１', '1']],
    ['100%', []],
    ['%zz &; \\q', []],
  ])('reads %j', (text, expected) => {
    expect(viewsOf(text).map((view) => view.text)).toEqual(expected);
  });
});
