import { TransportError } from '../errors/transport-error.js';
import type { JsonRpcMessage } from '../json-rpc.js';
import { parseReceived, type ReceivedMessage } from '../received-message.js';
import type { RawTransport } from '../transport.js';

/** One end of a connection inside the process; see `createMemoryTransports`. */
export class MemoryTransport implements RawTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  private peer: MemoryTransport | undefined;
  private waiting: string[] = [];
  private state: 'new' | 'open' | 'paused' | 'closed' = 'new';

  /** Joins two ends. Each can be joined once. */
  static join(left: MemoryTransport, right: MemoryTransport): void {
    left.peer = right;
    right.peer = left;
  }

  async start(): Promise<void> {
    if (this.state !== 'new') throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    this.state = 'open';
    this.deliver();
  }

  async send(message: JsonRpcMessage): Promise<void> {
    if (this.state === 'closed') throw new TransportError('TRANSPORT_CLOSED', 'the transport is closed');
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): boolean {
    if (this.state === 'closed' || this.peer === undefined) return true;
    this.peer.waiting.push(text);
    queueMicrotask(() => this.peer?.deliver());
    return true;
  }

  async close(): Promise<void> {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.onclose?.();
    await this.peer?.close();
  }

  pause(): void {
    if (this.state === 'open') this.state = 'paused';
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'open';
    this.deliver();
  }

  private deliver(): void {
    while (this.state === 'open') {
      const text = this.waiting.shift();
      if (text === undefined) return;
      try {
        const received = parseReceived(text, true);
        for (const element of Array.isArray(received) ? received : [received]) {
          if (this.onraw) this.onraw(element);
          else this.onmessage?.(element.message);
        }
      } catch (error) {
        this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}

/** Two joined ends: what one sends the other receives, as text, in order, never in the same turn. */
export function createMemoryTransports(): readonly [MemoryTransport, MemoryTransport] {
  const ends = [new MemoryTransport(), new MemoryTransport()] as const;
  MemoryTransport.join(...ends);
  return ends;
}
