import type { Readable, Writable } from 'node:stream';
import type { TransportError } from '../errors/transport-error.js';
import { LineTransport, type LineTransportOptions } from './line-transport.js';

/** What a `StdioServerTransport` takes. */
export interface StdioServerTransportOptions extends LineTransportOptions {
  /** Where the client writes. Default `process.stdin`. */
  readonly stdin?: Readable | undefined;
  /** Where the client reads. Default `process.stdout`; nothing else may write to it. */
  readonly stdout?: Writable | undefined;
}

/**
 * The server's end of MCP over stdio: our own standard streams. The end of stdin is reported by `oninputend`, and
 * closes the transport when that is not set, as in the SDK.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 */
export class StdioServerTransport extends LineTransport {
  /** The client has closed our stdin. It may still read: close once what it asked for is answered. */
  oninputend?: (() => void) | undefined;
  private readonly stdin: Readable;
  private readonly stdout: Writable;
  private closing: Promise<void> | undefined;

  constructor(options: StdioServerTransportOptions = {}) {
    super(options);
    this.stdin = options.stdin ?? process.stdin;
    this.stdout = options.stdout ?? process.stdout;
  }

  /** @throws TransportError `ALREADY_STARTED` */
  async start(): Promise<void> {
    this.attach(this.stdin, this.stdout);
  }

  /** Writes out what waits, for at most two seconds, and lets go of the streams. */
  override close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  protected override onReadEnd(): void {
    if (this.oninputend) this.oninputend();
    else void this.close();
  }

  protected override onWriteFailed(error: TransportError): void {
    this.onerror?.(error);
    void this.close();
  }

  private async shutDown(): Promise<void> {
    if (this.writer !== undefined) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, 2000);
      });
      await Promise.race([this.writer.whenFlushed(), late]);
      clearTimeout(timer);
    }
    this.stdin.pause();
    // A paused stdin that is still referenced would keep the process alive.
    if ('unref' in this.stdin && typeof this.stdin.unref === 'function') this.stdin.unref();
    this.finish();
  }
}
