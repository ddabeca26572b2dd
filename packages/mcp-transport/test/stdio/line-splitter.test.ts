import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/stdio/line-splitter.js';

function split(
  chunks: readonly (string | Buffer)[],
  maxLineBytes = 1000,
): { lines: string[]; tooLarge: number } {
  const lines: string[] = [];
  let tooLarge = 0;
  const splitter = new LineSplitter(maxLineBytes, {
    onLine: (line) => lines.push(line),
    onTooLarge: () => {
      tooLarge += 1;
    },
  });
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  return { lines, tooLarge };
}

describe('LineSplitter', () => {
  it('emits each whole line and holds back the last', () => {
    expect(split(['a\nb\nc']).lines).toEqual(['a', 'b']);
    expect(split(['a\nb\nc', 'd', 'e\n']).lines).toEqual(['a', 'b', 'cde']);
  });

  it('takes CRLF for a line end and leaves out empty lines', () => {
    expect(split(['a\r\n\r\n\nb\r', '\n']).lines).toEqual(['a', 'b']);
  });

  it('leaves out a line over the limit, whole, and goes on with the next', () => {
    expect(split(['12345678901\nok\n'], 10)).toEqual({ lines: ['ok'], tooLarge: 1 });
    expect(split(['123456', '78901', 'more', '\nok\n', 'x'], 10)).toEqual({ lines: ['ok'], tooLarge: 1 });
    expect(split(['1234567890\n'], 10)).toEqual({ lines: ['1234567890'], tooLarge: 0 });
    expect(split(['12345', '678901\nok\n'], 10)).toEqual({ lines: ['ok'], tooLarge: 1 });
  });

  it('replaces invalid UTF-8', () => {
    expect(split([Buffer.from([0x61, 0xff, 0x0a])]).lines).toEqual(['a\uFFFD']);
  });

  it('emits the same lines however the bytes are cut', () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 30 }).filter((line) => !/[\r\n]/.test(line)),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks: Buffer[] = [];
        let start = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(start, start + cut));
          start += cut;
        }
        chunks.push(bytes.subarray(start));
        expect(split(chunks).lines).toEqual(lines.filter((line) => line !== ''));
      }),
    );
  });
});
