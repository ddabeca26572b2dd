import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { coreErrorCodes } from '../../src/index.js';

const folder = resolve(import.meta.dirname, '..');
const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('errors'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

it.each(Object.keys(coreErrorCodes))('%s is the subject of a test', (code) => {
  expect(tests).toMatch(new RegExp(`['"\`]${code}\\b`));
});
