import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ConfigChange } from '../effective/diff.js';
import type { ReloadEvent } from './reload-event.js';

/** One line of the history, as JSON. Lines are only ever appended. */
export interface HistoryEntry {
  readonly time: string;
  /** `started`: a process began with this configuration, which another one than the last recorded. */
  readonly result: 'started' | 'applied' | 'rejected';
  readonly reason: string;
  readonly by: string;
  readonly file: string;
  readonly hash_before: string | null;
  readonly hash_after: string | null;
  readonly changes: readonly ConfigChange[];
  readonly errors?: readonly string[];
}

/** The line for an event; undefined for one that changed and tried to change nothing. */
export function historyEntry(event: ReloadEvent): HistoryEntry | undefined {
  if (event.type === 'unchanged') return undefined;
  const { time, reason, by, file, hashBefore } = event;
  const common = { time, reason, by, file, hash_before: hashBefore };
  if (event.type === 'applied') {
    return { ...common, result: 'applied', hash_after: event.hashAfter, changes: event.changes };
  }
  const { diagnostics, message } = event.failure;
  const errors =
    diagnostics.length === 0
      ? [message]
      : diagnostics.map((one) => `${one.file}:${one.line}:${one.column} ${one.code}: ${one.message}`);
  return { ...common, result: 'rejected', hash_after: null, changes: [], errors };
}

/** Appends one entry as one line. Only the owner may read the file when it is new. @throws what the file system throws */
export function appendHistory(file: string, entry: HistoryEntry): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}

const lastLineBytes = 65_536;

/** Hash of the last configuration that a history knows to have run; undefined when there is none. */
export function lastRecordedHash(file: string): string | undefined {
  for (const line of readEnd(file).split('\n').toReversed()) {
    const hash = hashIn(line);
    if (hash !== undefined) return hash;
  }
  return undefined;
}

function hashIn(line: string): string | undefined {
  try {
    const { hash_after: hash } = JSON.parse(line) as { readonly hash_after?: unknown };
    return typeof hash === 'string' ? hash : undefined;
  } catch {
    // A line that was cut, or that somebody else wrote.
    return undefined;
  }
}

function readEnd(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, lastLineBytes));
    const length = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}
