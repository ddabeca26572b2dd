import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Where the cases are: `MCPPLUGINS_CASES`, or the folder `shared/cases` beside the repository; undefined when it is not there.
 * A folder that the variable names must exist.
 *
 * @param {string} root the repository
 * @param {string | undefined} override
 */
export function findCasesFolder(root, override) {
  if (override) {
    if (!existsSync(override)) throw new Error(`MCPPLUGINS_CASES names ${override}, which does not exist`);
    return resolve(override);
  }
  const beside = resolve(root, '../shared/cases');
  return existsSync(beside) ? beside : undefined;
}

/**
 * Reads one JSON Lines file of cases.
 *
 * @param {string} folder
 * @param {string} file
 * @returns {any[]} one object a line; each case has `id` and `src`
 */
export function readCaseFile(folder, file) {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (cause) {
      throw new Error(`${file}:${index + 1}: not JSON`, { cause });
    }
  });
}
