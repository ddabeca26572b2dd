import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What is left after many requests. */
export interface SoakResult {
  /** Heap after garbage collection, against the same after 10 000 requests. */
  readonly ratio: number;
  readonly listeners: number;
  readonly resources: readonly string[];
}

/** Runs that many requests against the built package in a process of its own. */
export async function soak(requests: number): Promise<SoakResult> {
  const script = join(import.meta.dirname, '../fixtures/soak.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, String(requests)]);
  return JSON.parse(stdout) as SoakResult;
}
