import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

/** How `writeOutput` treats a file that is there already. */
export interface WriteOptions {
  readonly force: boolean;
}

/**
 * Writes a file that a command was asked to make.
 * @throws FrameworkError `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`
 */
export function writeOutput(file: string, text: string, { cwd }: Terminal, { force }: WriteOptions): void {
  try {
    writeFileSync(path.resolve(cwd, file), text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const exists = (error as { readonly code?: unknown }).code === 'EEXIST';
    throw new FrameworkError<CliErrorCode>(
      exists ? 'OUTPUT_EXISTS' : 'OUTPUT_UNWRITABLE',
      exists ? `${file} is there already; nothing was written` : `${file} cannot be written`,
      { cause: exists ? undefined : error },
    );
  }
}
