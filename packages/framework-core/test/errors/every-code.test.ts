import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { coreErrorCodes } from '../../src/errors/error-codes.js';

const packages = resolve(import.meta.dirname, '../../..');

/** Codes of the wire are thrown, and tested, by the packages at its two ends. */
const tests = readdirSync(packages)
  .map((name) => join(packages, name, 'test'))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.test.ts') && file !== import.meta.filename)
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

it.each(Object.keys(coreErrorCodes))('%s is the subject of a test', (code) => {
  expect(tests).toMatch(new RegExp(`['"\`]${code}\\b`));
});
