import type { JsonRpcMessage, MemoryTransport, ReceivedMessage } from '@mcpplugins/mcp-transport';

/** A test's end of a connection: what it received, in order, and a way to wait for more. */
export class Peer {
  readonly received: ReceivedMessage[] = [];
  private taken = 0;
  private waiting: (() => void) | undefined;
  private readonly transport: MemoryTransport;

  constructor(transport: MemoryTransport) {
    this.transport = transport;
    transport.onraw = (message) => {
      this.received.push(message);
      this.waiting?.();
    };
  }

  send(message: string | object): void {
    this.transport.sendText(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message that was not taken yet. */
  async next(): Promise<ReceivedMessage> {
    for (;;) {
      const message = this.received[this.taken];
      if (message !== undefined) {
        this.taken++;
        return message;
      }
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
      });
    }
  }

  async nextText(): Promise<string> {
    return (await this.next()).text;
  }

  async nextMessage(): Promise<JsonRpcMessage> {
    return (await this.next()).message;
  }

  /** Texts that were not taken yet, once everything that is under way has arrived. */
  async rest(): Promise<string[]> {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    const rest = this.received.slice(this.taken).map(({ text }) => text);
    this.taken = this.received.length;
    return rest;
  }
}
