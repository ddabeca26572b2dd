import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** Titles of tests with ids of the catalogue of faults at their beginning: "C4: …", "C11: …". */
function idsIn(folder: string): readonly string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .flatMap((text) =>
      Array.from(text.matchAll(/\b(?:describe|it)\(\s*['"]([CPU]\d+): /g), ([, id = '']) => id),
    );
}

it('every fault of clients (C1 to C24) and of servers (U1 to U15) has a test that bears its id, and so have P20, P21, P34', () => {
  const found = new Set(['packages/gateway/test', 'packages/cli/test', 'tools/test'].flatMap(idsIn));
  const rows = (letter: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  const wanted = [...rows('C', 24), ...rows('U', 15), 'P20', 'P21', 'P34'];
  expect(wanted.filter((id) => !found.has(id))).toEqual([]);
});
