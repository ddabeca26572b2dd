import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';

/** A file and what is to be in it. */
export interface Replacement {
  readonly file: string;
  /** What was read from it; the file is left alone when it has changed since. */
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Replaces a file in one step, so that nobody ever reads half of it, and keeps what was in it beside it. Links are followed,
 * the mode of the file stays.
 * @returns path of the backup
 * @throws FrameworkError `OUTPUT_UNWRITABLE`; the file is then as it was
 */
export function replaceFile(replacement: Replacement): string {
  try {
    return replace(replacement);
  } catch (error) {
    throw new FrameworkError<CliErrorCode>('OUTPUT_UNWRITABLE', `${replacement.file} cannot be written`, {
      cause: error,
    });
  }
}

function replace({ file, before, after }: Replacement): string {
  const target = realpathSync(file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.tmp`);
  writeDurably(temporary, after, statSync(target).mode);
  try {
    if (!readFileSync(target).equals(before)) throw new Error('it was changed by another program meanwhile');
    const backup = freeBackupName(file);
    copyFileSync(target, backup, constants.COPYFILE_EXCL);
    renameSync(temporary, target);
    return backup;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeDurably(file: string, content: Buffer, mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function freeBackupName(file: string): string {
  let name = `${file}.bak`;
  for (let count = 2; existsSync(name); count++) name = `${file}.bak-${count}`;
  return name;
}
