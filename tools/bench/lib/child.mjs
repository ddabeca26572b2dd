import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reporter = join(import.meta.dirname, 'report-cpu.mjs');

/**
 * A process that works for a target.
 *
 * @typedef {object} Child
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => Promise<number>} cpuMicroseconds CPU time that it has used so far
 * @property {() => void} stop
 */

/**
 * Starts a program on this Node that can be asked for its CPU time.
 *
 * @param {readonly string[]} args file and arguments
 * @returns {Child}
 */
export function startChild(args) {
  const child = spawn(process.execPath, ['--import', reporter, ...args], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  return {
    process: child,
    cpuMicroseconds: () =>
      new Promise((resolve) => {
        child.once('message', (used) => resolve(Number(used)));
        child.send('cpu');
      }),
    stop: () => child.kill('SIGKILL'),
  };
}

/**
 * How somebody else is to start a program on this Node so that it can be asked for its CPU time.
 *
 * @param {readonly string[]} args file and arguments
 */
export function reportingProgram(args) {
  const folder = mkdtempSync(join(tmpdir(), 'mcpplugins-bench-'));
  const socket = join(folder, 'cpu.sock');
  return {
    command: process.execPath,
    args: ['--import', reporter, ...args],
    env: { BENCH_CPU_SOCKET: socket },
    /** @returns {Promise<number>} */
    cpuMicroseconds: () =>
      new Promise((resolve, reject) => {
        let text = '';
        createConnection(socket)
          .setEncoding('utf8')
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve(Number(text)))
          .on('error', reject);
      }),
    stop: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * The first line that a program prints.
 *
 * @param {Child} child
 * @returns {Promise<string>}
 */
export function firstLine({ process: { stdout } }) {
  return new Promise((resolve, reject) => {
    if (stdout === null) reject(new Error('the program has no stdout'));
    stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    stdout?.once('end', () => reject(new Error('the program ended before it was ready')));
  });
}
