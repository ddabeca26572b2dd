import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { findFixtures } from './find-fixtures.js';
import { formatTestedFile } from './format-test.js';
import { type TestedFile, testFile, type TestFileOptions } from './test-file.js';

/** What `test` takes. */
export interface TestOptions extends TestFileOptions {
  /** Files of fixtures; none: those in the usual places. */
  readonly files: readonly string[];
  readonly json: boolean;
}

/**
 * Runs fixtures and prints what is not as expected.
 * @throws FrameworkError `FIXTURES_NOT_FOUND`, and what `testFile` throws
 */
export async function test(options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const style = styleFor(terminal.stdout, terminal.env);
  const tested: TestedFile[] = [];
  for (const file of findFixtures(options.files, terminal)) {
    const result = await testFile(file, options, terminal);
    tested.push(result);
    if (!options.json) terminal.stdout.write(formatTestedFile(result, style));
  }
  const results = tested.flatMap((file) => file.results.map((result) => ({ file, result })));
  // After an update only what had no outcome is wrong still.
  const failed = results.filter(
    ({ file, result }) => !result.isPassed && !(file.isUpdated && result.update !== undefined),
  );
  const passed = results.length - failed.length;
  if (options.json) {
    writeJson(terminal.stdout, { ok: failed.length === 0, passed, failed: failed.length, files: tested });
  } else {
    const summary = `${passed} as expected${failed.length === 0 ? '' : `, ${failed.length} not`}`;
    terminal.stdout.write(`\n${failed.length === 0 ? style.green(summary) : style.red(summary)}\n`);
  }
  return failed.length === 0 ? exitCodes.ok : exitCodes.failure;
}
