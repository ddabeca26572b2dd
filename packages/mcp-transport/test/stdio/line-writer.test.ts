import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { TransportError } from '../../src/errors/transport-error.js';
import { LineWriter } from '../../src/stdio/line-writer.js';

interface Sink {
  readonly writer: LineWriter;
  readonly pieces: string[];
  /** Lets the stream finish the write that it is busy with. */
  release(error?: Error): void;
  readonly drains: number;
  readonly failures: TransportError[];
}

function createSink(highWaterCharacters = 100, maxBufferedCharacters = 1000): Sink {
  const pieces: string[] = [];
  const failures: TransportError[] = [];
  let finish: ((error?: Error) => void) | undefined;
  let drains = 0;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      pieces.push(chunk.toString());
      finish = done;
    },
  });
  stream.on('error', () => {});
  const writer = new LineWriter(
    stream,
    { highWaterCharacters, maxBufferedCharacters },
    {
      onDrain: () => {
        drains += 1;
      },
      onFailed: (error) => failures.push(error),
    },
  );
  return {
    writer,
    pieces,
    failures,
    release: (error) => finish?.(error),
    get drains() {
      return drains;
    },
  };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('LineWriter', () => {
  it('writes what came in one turn as one piece', async () => {
    const sink = createSink();
    sink.writer.write('a');
    sink.writer.write('b');
    await turn();
    expect(sink.pieces).toEqual(['a\nb\n']);
  });

  it('lets a peer begin with the first 4096 characters of a turn', async () => {
    const sink = createSink(100_000, 100_000);
    const line = 'x'.repeat(49);
    for (let count = 0; count < 100; count++) sink.writer.write(line);
    expect(sink.pieces).toEqual([`${line}\n`.repeat(82)]);
    sink.release();
    await turn();
    expect(sink.pieces.join('')).toBe(`${line}\n`.repeat(100));
  });

  it('writes on in pieces while the system takes each at once', async () => {
    const pieces: number[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        pieces.push(chunk.length);
        done();
      },
    });
    const limits = { highWaterCharacters: 100_000, maxBufferedCharacters: 100_000 };
    const writer = new LineWriter(stream, limits, { onDrain: () => {}, onFailed: () => {} });
    const line = 'x'.repeat(999);
    for (let count = 0; count < 12; count++) expect(writer.write(line)).toBe(true);
    await writer.whenFlushed();
    expect(pieces).toEqual([5000, 5000, 2000]);
  });

  it('joins what comes while the stream is busy', async () => {
    const sink = createSink();
    sink.writer.write('a');
    await turn();
    sink.writer.write('b');
    await turn();
    sink.writer.write('c');
    await turn();
    expect(sink.pieces).toEqual(['a\n']);
    sink.release();
    await turn();
    expect(sink.pieces).toEqual(['a\n', 'b\nc\n']);
  });

  it('keeps a message on one line', async () => {
    const sink = createSink();
    sink.writer.write('{\r\n  "a":\n1}');
    await turn();
    expect(sink.pieces).toEqual(['{   "a": 1}\n']);
  });

  it('answers false above the high-water mark and reports when the stream took it', async () => {
    const sink = createSink(10);
    expect(sink.writer.write('12345')).toBe(true);
    expect(sink.writer.write('12345')).toBe(false);
    await turn();
    expect(sink.drains).toBe(0);
    sink.release();
    await turn();
    expect(sink.drains).toBe(1);
  });

  it('resolves whenFlushed once everything was handed over', async () => {
    const sink = createSink();
    let flushed = false;
    sink.writer.write('a');
    void sink.writer.whenFlushed().then(() => {
      flushed = true;
    });
    await turn();
    expect(flushed).toBe(false);
    sink.release();
    await turn();
    expect(flushed).toBe(true);
    await sink.writer.whenFlushed();
  });

  it('gives a peer up that leaves too much unread', async () => {
    const sink = createSink(10, 20);
    sink.writer.write('1234567890');
    sink.writer.write('1234567890');
    sink.writer.write('1234567890');
    await turn();
    expect(sink.failures.map((error) => error.code)).toEqual(['WRITE_BUFFER_FULL']);
    expect(sink.pieces).toEqual([]);
  });

  it('reports a failed write once', async () => {
    const sink = createSink();
    sink.writer.write('a');
    await turn();
    sink.release(new Error('EPIPE'));
    await turn();
    sink.writer.write('b');
    await turn();
    expect(sink.failures.map((error) => error.code)).toEqual(['STREAM_FAILED']);
    expect(sink.pieces).toEqual(['a\n']);
  });
});
