import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8Length } from '../../src/payload/utf8-length.js';

it('utf8Length counts what Buffer counts, lone surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })),
      (text, units) => {
        const any = text + String.fromCharCode(...units);
        expect(utf8Length(any)).toBe(Buffer.byteLength(any));
      },
    ),
    { numRuns: 200 },
  );
});
