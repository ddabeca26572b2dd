import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

it('every row of the catalogue of faults, X1 to X44, has a test with its id', () => {
  const tests = readdirSync(import.meta.dirname).filter(
    (name) => name !== path.basename(import.meta.filename),
  );
  const text = tests.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\n');
  // In a text, not in a comment or an identifier.
  const titles = Array.from(text.matchAll(/['"]((?:X\d+ )+)/g), ([, ids = '']) => ids.trim().split(' '));
  const found = new Set(titles.flat());
  const missing = Array.from({ length: 44 }, (_, index) => `X${index + 1}`).filter((id) => !found.has(id));
  expect(missing).toEqual([]);
});
