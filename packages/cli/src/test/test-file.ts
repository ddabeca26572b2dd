import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compilePattern, type LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError } from '@mcpplugins/framework-core';
import {
  createTestHost,
  type FixtureFile,
  type FixtureResult,
  parseFixtures,
  runFixtures,
  updateFixtures,
} from '@mcpplugins/testing';
import { z } from 'zod';
import type { CliErrorCode } from '../errors/error-codes.js';
import { findConfig } from '../guard/find-config.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { writeOutput } from '../output/write-file.js';
import type { Terminal } from '../terminal.js';

/** What came of one file of fixtures. */
export interface TestedFile {
  readonly file: string;
  /** One line number for each result. */
  readonly lines: readonly number[];
  readonly results: readonly FixtureResult[];
  /** Whether expectations were rewritten. */
  readonly isUpdated: boolean;
}

/** What `testFile` takes besides the file. */
export interface TestFileOptions {
  readonly config?: string | undefined;
  /** Whether to write what came out into the file. */
  readonly update: boolean;
}

/**
 * Runs one file of fixtures on the plugins of its configuration.
 * @throws ConfigError, and FrameworkError `INPUT_INVALID`, `FIXTURE_INVALID`, `CONFIG_NOT_GIVEN`, `OUTPUT_UNWRITABLE` and what a
 * manager throws when it starts
 */
export async function testFile(
  file: string,
  { config, update }: TestFileOptions,
  terminal: Terminal,
): Promise<TestedFile> {
  const parsed = parseFixtures(readText(file, terminal), file);
  const { plugins, settings } = await loadPluginsOf(parsed, config, terminal);
  await using host = await createTestHost(plugins, { settings, compilePattern });
  const results = await runFixtures(parsed.fixtures, host);
  const text = update ? updateFixtures(parsed, results) : parsed.text;
  const isUpdated = text !== parsed.text;
  if (isUpdated) writeOutput(file, text, terminal, { force: true });
  return { file, lines: parsed.lines, results, isUpdated };
}

async function loadPluginsOf(
  parsed: FixtureFile,
  given: string | undefined,
  terminal: Terminal,
): Promise<LoadedConfig> {
  if (parsed.hasPlugins) {
    const sections = { fixtures: z.array(z.unknown()) };
    return loadGuard(parsed.file, terminal, {}, { ...guardLoadOptions(terminal, {}), sections });
  }
  const own = parsed.config === undefined ? undefined : path.join(path.dirname(parsed.file), parsed.config);
  return loadGuard(given ?? own ?? findConfig(undefined, terminal), terminal);
}

function readText(file: string, { cwd }: Terminal): string {
  try {
    return readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new FrameworkError<CliErrorCode>('INPUT_INVALID', `${file} cannot be read`, { cause });
  }
}
