import { connect as connectTcp } from 'node:net';
import type { WebSocket } from 'ws';
import { defaultMaxMessageBytes } from '../default-max-message-bytes.js';
import { TransportError } from '../errors/transport-error.js';
import type { AroundRequest } from '../http/client/around-request.js';
import { keepAliveMs } from '../http/client/http-pool.js';
import { HttpResponse } from '../http/client/http-response.js';
import type { TlsClientOptions } from '../http/client/http-client-options.js';
import type { JsonRpcMessage } from '../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../received-message.js';
import type { RawTransport } from '../transport.js';
import { readUpgradeHeaders } from './upgrade-headers.js';
import { refusedUpgrade, toSocketError } from './websocket-error.js';

/** What a `WebSocketClientTransport` takes. */
export interface WebSocketClientOptions {
  /** `ws://` or `wss://`. */
  readonly url: string | URL;
  /** Headers of the request that opens the connection, e.g. credentials for the server. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: TlsClientOptions | undefined;
  /** A unix socket to connect to; the host of the URL then only names the server. Without TLS. */
  readonly socketPath?: string | undefined;
  /** Bytes that one received message may have. Default 10 485 760. */
  readonly maxMessageBytes?: number | undefined;
  /** Bytes that may wait for a peer that does not read; above it the transport closes. Default 67 108 864. */
  readonly maxBufferedBytes?: number | undefined;
  /** Milliseconds for the connection to open. Default 30 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Milliseconds that the server gets to agree to the end. Default 1000. */
  readonly closeGraceMs?: number | undefined;
  /** Goes around the request that opens the connection, once; a refusal of the server is thrown. Default: nothing does. */
  readonly around?: AroundRequest | undefined;
  /** Whether `around` goes around that request. Default: it does. */
  readonly isAroundNeeded?: (() => boolean) | undefined;
}

const highWaterBytes = 262_144;

/** Codes of an end that is no failure. @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const plainEnds = new Set([1000, 1001, 1005]);

/**
 * The client's end of MCP over WebSocket: subprotocol `mcp`, one message a text frame, no compression. No standard of MCP; the
 * framework's specification has it, and so have SDKs.
 */
export class WebSocketClientTransport implements RawTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  private readonly options: WebSocketClientOptions;
  private socket: WebSocket | undefined;
  private state: 'new' | 'opening' | 'open' | 'closed' = 'new';
  private drained: (() => void)[] = [];
  private isFull = false;
  /** Whether anybody knows of a connection whose end is to be told. */
  private tellsEnd = false;
  private readonly closing = new AbortController();
  private readonly gone: Promise<void>;
  private markGone: () => void = () => {};

  constructor(options: WebSocketClientOptions) {
    this.options = options;
    this.gone = new Promise((resolve) => {
      this.markGone = resolve;
    });
  }

  /**
   * Opens the connection.
   * @throws TransportError `ALREADY_STARTED`, `CONNECT_TIMEOUT`, `HTTP_STATUS`, `UNAUTHORIZED`, `STREAM_FAILED`, and what `around` throws
   */
  async start(): Promise<void> {
    if (this.state !== 'new') throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    this.state = 'opening';
    const { headers = {}, around, isAroundNeeded = () => true } = this.options;
    if (around === undefined || !isAroundNeeded()) {
      await this.open(await this.connect(headers));
      return;
    }
    const { signal } = this.closing;
    const url = new URL(this.options.url);
    try {
      const shown = readUpgradeHeaders(headers);
      await around({ method: 'GET', url, headers: shown, signal }, (sent) => this.openPaused(sent));
    } catch (error) {
      this.giveUp();
      throw error;
    }
    if (this.isClosed) throw new TransportError('TRANSPORT_CLOSED', 'the transport was closed');
    this.resume();
  }

  async send(message: JsonRpcMessage): Promise<void> {
    if (this.state !== 'open') {
      throw new TransportError('TRANSPORT_CLOSED', 'the transport is closed or was not started');
    }
    if (this.sendText(JSON.stringify(message))) return;
    await new Promise<void>((resolve) => this.drained.push(resolve));
  }

  sendText(text: string): boolean {
    const { socket } = this;
    if (this.state !== 'open' || socket === undefined) return true;
    socket.send(text, this.onSent);
    const { bufferedAmount } = socket;
    if (bufferedAmount > (this.options.maxBufferedBytes ?? 67_108_864)) {
      this.fail(new TransportError('WRITE_BUFFER_FULL', `the peer left ${bufferedAmount} bytes unread`));
      return true;
    }
    if (bufferedAmount <= highWaterBytes) return true;
    this.isFull = true;
    return false;
  }

  /** Ends the connection; a server that does not agree in time is cut off. */
  async close(): Promise<void> {
    const { socket, state } = this;
    this.state = 'closed';
    this.closing.abort();
    this.tellsEnd ||= state !== 'closed';
    if (socket === undefined) this.finish();
    else if (state !== 'closed') {
      socket.resume();
      if (state === 'opening') socket.terminate();
      else socket.close(1000);
      const late = setTimeout(() => socket.terminate(), this.options.closeGraceMs ?? 1000);
      await this.gone;
      clearTimeout(late);
    }
    await this.gone;
  }

  pause(): void {
    if (this.state === 'open') this.socket?.pause();
  }

  resume(): void {
    if (this.state === 'open') this.socket?.resume();
  }

  /** The address, for messages: without a query, which may be secret. */
  private get place(): string {
    const [place = ''] = String(this.options.url).split(/[?#]/);
    return place;
  }

  private get isClosed(): boolean {
    return this.state === 'closed';
  }

  private async connect(headers: Readonly<Record<string, string>>): Promise<WebSocket> {
    // Loaded only by who needs it.
    const { WebSocket: Socket } = await import('ws');
    if (this.isClosed) throw new TransportError('TRANSPORT_CLOSED', 'the transport was closed');
    const { url, tls, socketPath, maxMessageBytes } = this.options;
    try {
      this.socket = new Socket(url, 'mcp', {
        ...tls,
        headers: { ...headers },
        maxPayload: maxMessageBytes ?? defaultMaxMessageBytes,
        perMessageDeflate: false,
        followRedirects: false,
        ...(socketPath === undefined ? {} : { createConnection: () => connectTcp(socketPath) }),
      });
      return this.socket;
    } catch (error) {
      this.state = 'closed';
      throw toSocketError(error, this.place);
    }
  }

  /** Opens the connection and reads nothing of it yet. */
  private async openPaused(headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const socket = await this.connect(headers);
    let head: HttpResponse | undefined;
    const flow = { pause: () => socket.pause(), resume: () => socket.resume() };
    socket.on('upgrade', ({ statusCode = 101, headers: received }) => {
      const controls = { giveUp: () => socket.terminate(), flow };
      head = new HttpResponse({ statusCode, headers: readUpgradeHeaders(received) }, controls);
    });
    socket.on('open', () => socket.pause());
    await this.open(socket);
    if (head === undefined) throw new TransportError('STREAM_FAILED', `${this.place} sent no head`);
    return head;
  }

  /** What goes around the opening let nothing through: nobody knows of the connection. */
  private giveUp(): void {
    if (this.isClosed) return;
    this.state = 'closed';
    this.tellsEnd = false;
    this.socket?.terminate();
  }

  private open(socket: WebSocket): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (error: TransportError): void => {
        clearTimeout(late);
        this.state = 'closed';
        reject(error);
        socket.terminate();
      };
      const { connectTimeoutMs = 30_000 } = this.options;
      const late = setTimeout(() => {
        const problem = `${this.place} opened no connection within ${connectTimeoutMs} ms`;
        refuse(new TransportError('CONNECT_TIMEOUT', problem));
      }, connectTimeoutMs);
      socket.on('open', () => {
        if (this.isClosed) return;
        clearTimeout(late);
        this.state = 'open';
        this.tellsEnd = true;
        resolve();
      });
      socket.on('upgrade', (response) => response.socket.setKeepAlive(true, keepAliveMs));
      socket.on('unexpected-response', (_request, response) => refuse(refusedUpgrade(response)));
      socket.on('message', (data, isBinary) => this.receive(data, isBinary));
      socket.on('error', (error) => {
        const failure = toSocketError(error, this.place);
        if (this.state === 'open') this.fail(failure);
        else refuse(failure);
      });
      socket.on('close', (code) => {
        clearTimeout(late);
        const wasOpen = this.state === 'open';
        if (wasOpen && !plainEnds.has(code)) {
          this.onerror?.(
            new TransportError('STREAM_LOST', `the server ended the connection with code ${code}`),
          );
        }
        this.state = 'closed';
        reject(new TransportError('TRANSPORT_CLOSED', 'the transport was closed while it opened'));
        this.finish();
      });
    });
  }

  private receive(data: unknown, isBinary: boolean): void {
    if (this.state !== 'open') return;
    try {
      if (isBinary) throw new TransportError('MESSAGE_NOT_JSON', 'a binary frame; messages are text');
      const received = parseReceived(String(data), true);
      for (const one of Array.isArray(received) ? received : [received]) {
        if (this.onraw) this.onraw(one);
        else this.onmessage?.(one.message);
      }
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Ends a connection that is of no use any more. */
  private fail(error: TransportError): void {
    this.state = 'closed';
    this.onerror?.(error);
    this.socket?.terminate();
  }

  private readonly onSent = (error?: Error | null): void => {
    if (error) return;
    if (!this.isFull || (this.socket?.bufferedAmount ?? 0) > highWaterBytes) return;
    this.isFull = false;
    this.drain();
  };

  private finish(): void {
    this.drain();
    this.markGone();
    if (this.tellsEnd) this.onclose?.();
    this.tellsEnd = false;
  }

  private drain(): void {
    const { drained } = this;
    this.drained = [];
    for (const resolve of drained) resolve();
    if (this.state === 'open') this.ondrain?.();
  }
}
