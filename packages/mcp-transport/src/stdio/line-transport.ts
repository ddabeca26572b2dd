import type { Readable, Writable } from 'node:stream';
import { defaultMaxMessageBytes } from '../default-max-message-bytes.js';
import { TransportError } from '../errors/transport-error.js';
import type { JsonRpcMessage } from '../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../received-message.js';
import type { RawTransport } from '../transport.js';
import { LineSplitter } from './line-splitter.js';
import { LineWriter } from './line-writer.js';

/** Limits of a line transport. */
export interface LineTransportOptions {
  /** Bytes that one received message may have. Default 10 485 760, as in the SDK. */
  readonly maxMessageBytes?: number | undefined;
  /** UTF-16 units that may wait for a peer that does not read; above it the transport closes. Default 67 108 864. */
  readonly maxBufferedCharacters?: number | undefined;
}

const highWaterCharacters = 262_144;
const sent = Promise.resolve();

/** One JSON-RPC message a line, over any two streams. Subclasses open and close the streams. */
export abstract class LineTransport implements RawTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;

  /** Whether elements of a received batch are taken one by one, or the batch is refused. */
  protected readonly splitBatches: boolean = false;
  protected writer: LineWriter | undefined;
  private readable: Readable | undefined;
  private readonly limits: LineTransportOptions;
  private drained: (() => void)[] = [];
  private ended = false;

  constructor(limits: LineTransportOptions) {
    this.limits = limits;
  }

  abstract start(): Promise<void>;
  abstract close(): Promise<void>;
  /** The stream can no longer be written, or the limit of what waits was reached. */
  protected abstract onWriteFailed(error: TransportError): void;
  /** The peer has ended its side. */
  protected abstract onReadEnd(): void;

  sendText(text: string): boolean {
    return this.writer === undefined ? true : this.writer.write(text);
  }

  send(message: JsonRpcMessage): Promise<void> {
    if (this.writer === undefined || this.ended) {
      return Promise.reject(
        new TransportError('TRANSPORT_CLOSED', 'the transport is closed or was not started'),
      );
    }
    let text: string;
    try {
      text = JSON.stringify(message);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    if (this.writer.write(text)) return sent;
    return new Promise((resolve) => this.drained.push(resolve));
  }

  pause(): void {
    this.readable?.pause();
  }

  resume(): void {
    this.readable?.resume();
  }

  protected attach(readable: Readable, writable: Writable): void {
    if (this.writer !== undefined)
      throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    this.writer = new LineWriter(
      writable,
      { highWaterCharacters, maxBufferedCharacters: this.limits.maxBufferedCharacters ?? 67_108_864 },
      { onDrain: () => this.drain(), onFailed: (error) => this.onWriteFailed(error) },
    );
    const splitter = new LineSplitter(this.limits.maxMessageBytes ?? defaultMaxMessageBytes, {
      onLine: (line) => this.receive(line),
      onTooLarge: (error) => this.onerror?.(error),
    });
    this.readable = readable;
    readable.on('data', (chunk: Buffer) => splitter.push(chunk));
    readable.on('end', () => this.onReadEnd());
    readable.on('error', (error) => {
      this.onerror?.(
        new TransportError('STREAM_FAILED', `reading from the peer failed: ${error.message}`, {
          cause: error,
        }),
      );
      this.onReadEnd();
    });
    // Failed writes are reported by the writer's callback; without a listener the event would end the process.
    writable.on('error', () => {});
  }

  /** Reports the end of the connection, once. */
  protected finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.writer?.abandon();
    this.drain();
    this.onclose?.();
  }

  private receive(line: string): void {
    let received: ReceivedMessage | ReceivedMessage[];
    try {
      received = parseReceived(line, this.splitBatches);
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (!Array.isArray(received)) this.deliver(received);
    else for (const element of received) this.deliver(element);
  }

  private deliver(received: ReceivedMessage): void {
    if (this.onraw) this.onraw(received);
    else this.onmessage?.(received.message);
  }

  private drain(): void {
    const { drained } = this;
    this.drained = [];
    for (const resolve of drained) resolve();
    if (!this.ended) this.ondrain?.();
  }
}
