import { readdirSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

const folders = ['.', 'fixtures', 'test', 'tests'] as const;

/**
 * The files of fixtures that are given, or those in the places where one looks for them, sorted.
 * @throws FrameworkError `FIXTURES_NOT_FOUND`
 */
export function findFixtures(given: readonly string[], { cwd }: Terminal): readonly string[] {
  if (given.length > 0) return given;
  const found = folders.flatMap((folder) =>
    fileNames(path.join(cwd, folder))
      .filter((name) => /\.fixtures\.(?:ya?ml|json)$/.test(name))
      .toSorted()
      .map((name) => path.join(folder, name)),
  );
  if (found.length > 0) return found;
  throw new FrameworkError<CliErrorCode>(
    'FIXTURES_NOT_FOUND',
    `there is no *.fixtures.yaml or .json in ${cwd}, nor in its folders fixtures, test and tests`,
  );
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
