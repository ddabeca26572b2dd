import { rewriteStrings } from '@mcpplugins/plugin-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPiiEngine, maskStrategies } from '../../src/index.js';
import { encodings } from '../support/encodings.js';
import { runs } from '../support/runs.js';
import { anyText, filler } from '../support/texts.js';
import { typedValue } from '../support/values.js';

const parameters = { numRuns: runs };
const engine = createPiiEngine();
const engines = new Map(
  maskStrategies.map((mask_strategy) => [
    mask_strategy,
    createPiiEngine({ mask_strategy, key: 'a key of many letters' }),
  ]),
);
const strategy = fc.constantFrom(...maskStrategies);
const engineOf = (name: (typeof maskStrategies)[number]) => engines.get(name) ?? engine;

/** The properties of the engine; the unit suite and the deep suite run them with different numbers of texts. */
export function describeEngineProperties(): void {
  describe('masking', () => {
    for (const [name, encode] of Object.entries(encodings)) {
      it(`leaves no planted value: ${name}`, () => {
        fc.assert(
          fc.property(filler, typedValue, filler, (before, { value }, after) => {
            const encoded = encode(value);
            const text = `${before} ${encoded} ${after}`;
            const masked = engine.mask(text).text;
            expect(masked).not.toContain(encoded);
            expect(masked).not.toContain(value);
          }),
          { numRuns: Math.ceil(runs / Object.keys(encodings).length) },
        );
      });
    }

    it('changes nothing outside of the spans that a scan gives', () => {
      fc.assert(
        fc.property(strategy, anyText, (name, text) => {
          const anyOne = engineOf(name);
          const masked = anyOne.mask(text).text;
          let at = 0;
          let readTo = 0;
          for (const { start, end } of [...anyOne.scan(text), { start: text.length, end: text.length }]) {
            if (start < readTo) continue;
            const kept = text.slice(readTo, start);
            const found = readTo === 0 ? (masked.startsWith(kept) ? 0 : -1) : masked.indexOf(kept, at);
            expect(found).toBeGreaterThanOrEqual(0);
            at = found + kept.length;
            readTo = end;
          }
          expect(masked.endsWith(text.slice(readTo))).toBe(true);
        }),
        parameters,
      );
    });

    it('changes nothing when it is done twice', () => {
      fc.assert(
        fc.property(strategy, anyText, (name, text) => {
          const anyOne = engineOf(name);
          const once = anyOne.mask(text).text;
          expect(anyOne.mask(once).text).toBe(once);
        }),
        parameters,
      );
    });

    it('cuts no surrogate pair and no mark from its letter', () => {
      fc.assert(
        fc.property(strategy, anyText, (name, text) => {
          const anyOne = engineOf(name);
          for (const { start, end } of anyOne.scan(text)) {
            expect(isInsideOfPair(text, start)).toBe(false);
            expect(isInsideOfPair(text, end)).toBe(false);
          }
          expect(anyOne.mask(text).text).not.toMatch(/\p{Surrogate}/u);
        }),
        parameters,
      );
    });

    it('keeps JSON valid, with the same names and shape', () => {
      const leaf = fc.oneof(anyText, fc.integer(), fc.boolean(), fc.constant(null));
      const value = fc.letrec((tie) => ({
        node: fc.oneof(
          { depthSize: 'small' },
          leaf,
          fc.array(tie('node'), { maxLength: 3 }),
          fc.dictionary(fc.constantFrom('a', 'ssn', 'phone', 'note'), tie('node'), { maxKeys: 3 }),
        ),
      })).node;
      fc.assert(
        fc.property(value, fc.constantFrom(0, 2), (data, indent) => {
          const json = JSON.stringify([data], undefined, indent);
          const masked = rewriteStrings(json, (text) => engine.mask(text).text);
          expect(shapeOf(JSON.parse(masked))).toEqual(shapeOf(JSON.parse(json)));
        }),
        parameters,
      );
    });
  });

  describe('scanning', () => {
    it('gives spans in order that share no character unless they share an encoded run', () => {
      fc.assert(
        fc.property(anyText, (text) => {
          let last = { start: 0, end: 0 };
          for (const finding of engine.scan(text)) {
            const sharesRun = finding.encoding !== undefined && finding.start === last.start;
            expect(finding.end).toBeGreaterThan(finding.start);
            expect(sharesRun || finding.start >= last.end).toBe(true);
            last = finding;
          }
        }),
        parameters,
      );
    });
  });
}

function isInsideOfPair(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}

/** The value with each string as `''`. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}
