import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the repository. */
export const root = resolve(import.meta.dirname, '../..');

/**
 * Writes a generated page, or with `--check` fails when the committed one says something else.
 *
 * @param {{ page: string; command: string }} target the page, from the repository's folder, and what generates it
 * @param {() => string | Promise<string>} generate
 */
export async function writeOrCheck({ page, command }, generate) {
  try {
    const file = join(root, page);
    const text = await generate();
    if (!process.argv.includes('--check')) {
      writeFileSync(file, text);
      console.log(`${page} is written`);
    } else if (existsSync(file) && readFileSync(file, 'utf8') === text) {
      console.log(`${page} is up to date`);
    } else {
      throw new Error(`${page} is stale: run \`${command}\` and commit it`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
