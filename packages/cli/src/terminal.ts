import type { Readable, Writable } from 'node:stream';

/** A stream that a command writes to, and what it says of the screen behind it. */
export interface OutputStream extends Writable {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** Whether the screen shows colour, given the environment; only real terminals have it. */
  hasColors?(env: object): boolean;
}

/** Everything of the outside that a command may touch, so that tests can run it without a process. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path from which relative paths of the command line are resolved. */
  readonly cwd: string;
  /** Where SIGINT, SIGTERM and errors that nobody caught arrive. */
  readonly events: NodeJS.EventEmitter;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    events: process,
  };
}
