import {
  type JsonRpcMessage,
  parseReceived,
  type RawTransport,
  type ReceivedMessage,
  type RequestId,
  type SendOptions,
} from '@mcpplugins/mcp-transport';

/** The relay's view of one end: it has no pauses, because an SDK transport has none. */
export class RelayEnd implements RawTransport {
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  private readonly deliver: (message: JsonRpcMessage, options: SendOptions) => void;
  readonly release: (id: RequestId) => void;

  constructor(
    deliver: (message: JsonRpcMessage, options: SendOptions) => void,
    release: (id: RequestId) => void,
  ) {
    this.deliver = deliver;
    this.release = release;
  }

  /** Takes a message as its JSON text says it: what plugins see is what goes over a wire, and theirs alone. */
  receive(message: JsonRpcMessage): void {
    const received = parseReceived(JSON.stringify(message), true);
    for (const each of Array.isArray(received) ? received : [received]) this.onraw?.(each);
  }

  sendText(text: string, options: SendOptions = {}): boolean {
    this.deliver(JSON.parse(text) as JsonRpcMessage, options);
    return true;
  }

  async send(message: JsonRpcMessage): Promise<void> {
    this.sendText(JSON.stringify(message));
  }

  async start(): Promise<void> {}
  async close(): Promise<void> {}
  pause(): void {}
  resume(): void {}
}
