import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { OutputStream, Terminal } from '../../src/terminal.js';

/** A stream that keeps what is written to it. */
export class RecordingStream extends Writable {
  text = '';
  isTTY: boolean | undefined;
  columns = 100;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A terminal whose output tests can read. */
export interface RecordingTerminal extends Terminal {
  readonly stdin: PassThrough;
  readonly stdout: RecordingStream & OutputStream;
  readonly stderr: RecordingStream & OutputStream;
  readonly events: EventEmitter;
}

export function recordingTerminal(
  options: { readonly cwd?: string; readonly env?: Terminal['env'] } = {},
): RecordingTerminal {
  return {
    stdin: new PassThrough(),
    stdout: new RecordingStream(),
    stderr: new RecordingStream(),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    events: new EventEmitter(),
  };
}
