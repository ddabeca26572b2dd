import { TransportError } from '../errors/transport-error.js';

/** What a `LineSplitter` reports to. */
export interface LineReceiver {
  /** A line without its end. Never empty. */
  onLine(line: string): void;
  /** A line was larger than the limit; it is left out, whole. */
  onTooLarge(error: TransportError): void;
}

const lineFeed = 0x0a;
/** A buffer that once had to grow beyond this is given back. */
const keptBytes = 262_144;

/**
 * Cuts a byte stream into lines of UTF-8 text. Holds back at most one unfinished line of `maxLineBytes`.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 */
export class LineSplitter {
  private readonly receiver: LineReceiver;
  private readonly maxLineBytes: number;
  private unfinished = Buffer.alloc(0);
  private unfinishedBytes = 0;
  private skipping = false;

  constructor(maxLineBytes: number, receiver: LineReceiver) {
    this.maxLineBytes = maxLineBytes;
    this.receiver = receiver;
  }

  push(chunk: Buffer): void {
    const lastEnd = chunk.lastIndexOf(lineFeed);
    if (lastEnd === -1) {
      this.hold(chunk);
      return;
    }
    let start = 0;
    if (this.unfinishedBytes > 0 || this.skipping) {
      start = chunk.indexOf(lineFeed) + 1;
      this.hold(chunk.subarray(0, start - 1));
      this.finish();
    }
    if (start <= lastEnd) this.emitLines(chunk, start, lastEnd);
    if (lastEnd + 1 < chunk.length) this.hold(chunk.subarray(lastEnd + 1));
  }

  private hold(part: Buffer): void {
    if (this.skipping || part.length === 0) return;
    const bytes = this.unfinishedBytes + part.length;
    if (bytes > this.maxLineBytes) {
      this.forget();
      this.skipping = true;
      this.refuse();
      return;
    }
    if (bytes > this.unfinished.length) this.grow(bytes);
    part.copy(this.unfinished, this.unfinishedBytes);
    this.unfinishedBytes = bytes;
  }

  private grow(bytes: number): void {
    const grown = Buffer.allocUnsafe(Math.max(bytes, 2 * this.unfinished.length));
    this.unfinished.copy(grown, 0, 0, this.unfinishedBytes);
    this.unfinished = grown;
  }

  private finish(): void {
    if (this.skipping) {
      this.skipping = false;
      return;
    }
    const line = this.unfinished.toString('utf8', 0, this.unfinishedBytes);
    this.forget();
    this.emit(line);
  }

  /** Decodes all whole lines of a chunk at once: one call into native code instead of one per line. */
  private emitLines(chunk: Buffer, start: number, end: number): void {
    if (end - start > this.maxLineBytes) {
      this.emitEach(chunk, start, end);
      return;
    }
    const text = chunk.toString('utf8', start, end);
    let from = 0;
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      this.emit(text.slice(from, to));
      from = to + 1;
    }
    this.emit(from === 0 ? text : text.slice(from));
  }

  private emitEach(chunk: Buffer, start: number, end: number): void {
    for (let from = start; from <= end;) {
      const to = chunk.indexOf(lineFeed, from);
      if (to - from > this.maxLineBytes) this.refuse();
      else this.emit(chunk.toString('utf8', from, to));
      from = to + 1;
    }
  }

  private emit(line: string): void {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (whole !== '') this.receiver.onLine(whole);
  }

  private refuse(): void {
    this.receiver.onTooLarge(
      new TransportError(
        'MESSAGE_TOO_LARGE',
        `a message of more than ${this.maxLineBytes} bytes was dropped`,
      ),
    );
  }

  private forget(): void {
    if (this.unfinished.length > keptBytes) this.unfinished = Buffer.alloc(0);
    this.unfinishedBytes = 0;
  }
}
