import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  formatMigration,
  migrateConfig,
  type Migration,
  type MigrationReport,
} from '@mcpplugins/config-loader';
import { FrameworkError } from '@mcpplugins/framework-core';
import { gatewayHooks } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { printable, writeJson } from '../output/write.js';
import { writeOutput } from '../output/write-file.js';
import type { OutputStream, Terminal } from '../terminal.js';

/** What `migrate` takes. */
export interface MigrateOptions {
  readonly old: string;
  /** `-`: stdout. */
  readonly output: string;
  readonly force: boolean;
  readonly json: boolean;
}

/**
 * Writes a configuration of ContextForge in our form and reports what changed.
 * @throws ConfigError, and FrameworkError `INPUT_INVALID`, `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`
 */
export async function migrate(options: MigrateOptions, terminal: Terminal): Promise<ExitCode> {
  const { old, output, force, json } = options;
  const migration = migrateConfig(readOld(old, terminal), { file: old, hooks: [...gatewayHooks] });
  const { yaml, report } = migration;
  const ok = isComplete(report);
  const toStdout = output === '-';
  if (!toStdout) writeOutput(output, yaml, terminal, { force });
  if (json)
    writeJson(terminal.stdout, {
      ok,
      output: toStdout ? null : output,
      ...(toStdout && { yaml }),
      ...report,
    });
  else {
    if (toStdout) terminal.stdout.write(yaml);
    print(migration, options, toStdout ? terminal.stderr : terminal.stdout, terminal);
  }
  return ok ? exitCodes.ok : exitCodes.failure;
}

/** Whether the new file guards what the old one did, without anybody's further work. */
function isComplete({ missing, manual }: MigrationReport): boolean {
  return manual.length === 0 && !missing.some(({ wasActive }) => wasActive);
}

function print(
  { report }: Migration,
  { old, output }: MigrateOptions,
  stream: OutputStream,
  { env }: Terminal,
): void {
  const style = styleFor(stream, env);
  const written = output === '-' ? '' : `${style.green(`${output} is written`)} from ${printable(old)}\n\n`;
  const active = report.missing.filter(({ wasActive }) => wasActive).length;
  const unguarded =
    active === 0
      ? ''
      : `\n${style.red(`${active} active ${active === 1 ? 'plugin has' : 'plugins have'} no counterpart: what was guarded there is not guarded now.`)}\n`;
  stream.write(`${written}${printable(formatMigration(report))}\n${unguarded}`);
  if (output !== '-') stream.write(`\nNext: mcpplugins validate ${output}\n`);
}

function readOld(file: string, { cwd }: Terminal): string {
  try {
    return readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new FrameworkError<CliErrorCode>('INPUT_INVALID', `${file} cannot be read`, { cause: error });
  }
}
