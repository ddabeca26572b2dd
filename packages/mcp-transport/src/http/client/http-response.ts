import type { FlowControl } from './http-socket.js';
import type { ResponseHead } from './response-parser.js';

/** Who reads the body of a response. */
export interface BodyReader {
  onData(chunk: Buffer): void;
  /** Nothing more comes. `isWhole`: all of it came. */
  onEnd(isWhole: boolean): void;
}

/** What acts on the connection of a response. */
interface ResponseControls {
  readonly giveUp: () => void;
  readonly flow: FlowControl;
}

/** Bytes of an unwanted body that are read before its connection is given up. */
const maxDiscardedBytes = 65_536;

/** One response whose body is read by callbacks. What came before there is a reader is kept for it. */
export class HttpResponse {
  readonly statusCode: number;
  headers: ResponseHead['headers'];
  private readonly controls: ResponseControls;
  private waiting: Buffer[] = [];
  private end: boolean | undefined;
  private reader: BodyReader | undefined;

  constructor({ statusCode, headers }: ResponseHead, controls: ResponseControls) {
    this.statusCode = statusCode;
    this.headers = headers;
    this.controls = controls;
  }

  /** Takes a part of the body. */
  push(chunk: Buffer): void {
    if (this.reader === undefined) this.waiting.push(chunk);
    else this.reader.onData(chunk);
  }

  /** The body has ended. */
  finish(isWhole: boolean): void {
    if (this.end !== undefined) return;
    this.end = isWhole;
    this.reader?.onEnd(isWhole);
  }

  read(reader: BodyReader): void {
    this.reader = reader;
    const { waiting } = this;
    this.waiting = [];
    for (const chunk of waiting) reader.onData(chunk);
    if (this.end !== undefined) reader.onEnd(this.end);
  }

  /** Reads on without wanting it, so that the connection can be used again; a body that is no mere formality is given up. */
  discard(): void {
    let bytes = 0;
    this.read({
      onData: ({ length }) => {
        bytes += length;
        if (bytes > maxDiscardedBytes) this.destroy();
      },
      onEnd: () => {},
    });
  }

  /** Makes the server wait until `resume()`. */
  pause(): void {
    if (this.end === undefined) this.controls.flow.pause();
  }

  resume(): void {
    if (this.end === undefined) this.controls.flow.resume();
  }

  /** Ends the connection, unless the response is whole. */
  destroy(): void {
    if (this.end === undefined) this.controls.giveUp();
  }
}
