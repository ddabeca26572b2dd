import type { Socket } from 'node:net';
import { type ResponseHead, ResponseParser } from './response-parser.js';

/** Makes a server wait that sends faster than it is read. */
export interface FlowControl {
  pause(): void;
  resume(): void;
}

/** What becomes of one request. */
export interface ResponseHandler {
  onHead(head: ResponseHead, flow: FlowControl): void;
  onBody(chunk: Buffer): void;
  /** The response is whole. */
  onEnd(): void;
  /** The connection has ended, or cannot be used, before that. */
  onLost(error: Error): void;
}

/** One connection that carries one request at a time. */
export class HttpSocket implements FlowControl {
  isOpen = true;
  private readonly socket: Socket;
  private readonly parser: ResponseParser;
  private readonly onIdle: (socket: HttpSocket) => void;
  private handler: ResponseHandler | undefined;

  /** `onIdle` is called when the connection can carry another request. */
  constructor(socket: Socket, onIdle: (socket: HttpSocket) => void) {
    this.socket = socket;
    this.onIdle = onIdle;
    this.parser = new ResponseParser({
      onHead: (head) => this.handler?.onHead(head, this),
      onBody: (chunk) => this.handler?.onBody(chunk),
      onEnd: (isReusable) => this.onResponseEnd(isReusable),
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.parser.push(chunk);
      } catch (error) {
        this.lose(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on('end', () => this.onStreamEnd());
    socket.on('timeout', () => this.lose(new Error('idle')));
    socket.on('error', (error) => this.lose(error));
    socket.on('close', () => this.onStreamEnd());
  }

  /** Sends a request, only when no other is under way. Gives back what gives it up, as long as its response is not whole. */
  send(text: string, handler: ResponseHandler): () => void {
    this.handler = handler;
    this.parser.expect();
    this.socket.ref();
    this.socket.write(text, 'utf8');
    return () => {
      if (this.handler === handler) this.lose(new Error('given up'));
    };
  }

  /** Waits without keeping the process alive, and closes itself after a time. */
  rest(milliseconds: number): void {
    this.socket.unref();
    this.socket.setTimeout(milliseconds);
  }

  /** Ends the rest. */
  wake(): void {
    this.socket.setTimeout(0);
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  destroy(): void {
    this.lose(new Error('given up'));
  }

  private onResponseEnd(isReusable: boolean): void {
    const { handler } = this;
    this.handler = undefined;
    if (!isReusable) this.close();
    handler?.onEnd();
    if (!this.isOpen) return;
    this.socket.resume();
    this.onIdle(this);
  }

  private onStreamEnd(): void {
    if (!this.isOpen) return;
    this.parser.finish();
    this.lose(new Error('the server closed the connection'));
  }

  private lose(error: Error): void {
    const { handler } = this;
    this.handler = undefined;
    this.close();
    handler?.onLost(error);
  }

  private close(): void {
    this.isOpen = false;
    this.socket.destroy();
  }
}
