import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ConfigErrorCode } from '../errors/error-codes.js';

/** A file's text, or why there is none. */
export type ReadResult =
  | { readonly text: string }
  | { readonly code: Extract<ConfigErrorCode, `FILE_${string}`>; readonly message: string };

/**
 * Reads a small text file. Never blocks (a named pipe is refused, not waited for) and never reads more than the limit.
 * A byte order mark is dropped.
 */
export function readTextFile(file: string, maxBytes: number): ReadResult {
  let descriptor: number;
  try {
    // O_NONBLOCK: opening a named pipe without a writer would hang.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return openFailure(error);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { code: 'FILE_UNREADABLE', message: 'is a directory, not a file' };
    if (!stats.isFile())
      return { code: 'FILE_UNREADABLE', message: 'is not a regular file (a pipe, socket or device)' };
    const bytes = readAtMost(descriptor, maxBytes + 1);
    if (bytes.length > maxBytes) {
      const size = Math.max(stats.size, bytes.length);
      return { code: 'FILE_TOO_LARGE', message: `has ${size} bytes; the limit is ${maxBytes}` };
    }
    return decode(bytes);
  } catch (error) {
    return { code: 'FILE_UNREADABLE', message: `cannot be read (${errorCode(error)})` };
  } finally {
    closeSync(descriptor);
  }
}

function readAtMost(descriptor: number, limit: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(limit);
  let length = 0;
  while (length < limit) {
    const count = readSync(descriptor, buffer, length, limit - length, null);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

function decode(bytes: Uint8Array): ReadResult {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return { code: 'FILE_ENCODING', message: utf16 ? 'is UTF-16, not UTF-8' : 'is not UTF-8 text' };
  }
}

function openFailure(error: unknown): ReadResult {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'FILE_NOT_FOUND', message: 'does not exist' };
    case 'EACCES':
    case 'EPERM':
      return { code: 'FILE_UNREADABLE', message: 'may not be read: permission denied' };
    case 'ELOOP':
      return { code: 'FILE_UNREADABLE', message: 'is a symbolic link that leads back to itself' };
    default:
      return { code: 'FILE_UNREADABLE', message: `cannot be opened (${code})` };
  }
}

function errorCode(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
