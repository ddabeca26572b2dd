import { type Logger, silentLogger } from '@mcpplugins/framework-core';
import {
  type JsonRpcMessage,
  type RequestId,
  type SendOptions,
  type Transport,
} from '@mcpplugins/mcp-transport';
import { Relay } from '../relay/relay.js';
import type { SessionOptions } from '../relay/session.js';
import { rpcCodes } from '../rpc-codes.js';
import { Companions } from './companions.js';
import { RelayEnd } from './relay-end.js';

/** What `guardTransport` takes besides the transport. */
export interface GuardTransportOptions extends Pick<
  SessionOptions,
  'blockedToolCalls' | 'identity' | 'manager' | 'serverName'
> {
  /** Default: silent. Gets blocked calls and failed sends, never payload content. */
  readonly logger?: Logger | undefined;
}

/** A transport as the SDK's servers know it; version 2 tells it which protocol versions the server speaks. */
export interface GuardableTransport extends Transport {
  setSupportedProtocolVersions?: ((versions: string[]) => void) | undefined;
}

/**
 * Puts plugins between an MCP server object and the transport that it is connected to. Any server of the SDK works, of version
 * 1 or 2, and any transport of its shape; neither is patched. What the transport says about a message (`authInfo`, the HTTP
 * request) reaches the server's handlers. Start the manager with `fires: gatewayHooks`; it is not shut down here.
 *
 * @example
 * await server.connect(guardTransport(new StdioServerTransport(), { manager, serverName: 'files' }));
 */
export function guardTransport(
  transport: GuardableTransport,
  options: GuardTransportOptions,
): GuardableTransport {
  return new GuardedTransport(transport, options);
}

class GuardedTransport implements GuardableTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message, extra?: unknown) => void) | undefined;
  readonly setProtocolVersion: ((version: string) => void) | undefined;
  readonly setSupportedProtocolVersions: ((versions: string[]) => void) | undefined;
  private readonly transport: GuardableTransport;
  private readonly client: RelayEnd;
  private readonly server: RelayEnd;
  private readonly relay: Relay;
  private readonly extras = new Companions<unknown>();
  private readonly sendOptions = new Companions<SendOptions>();
  private lastSent: Promise<void> = Promise.resolve();

  constructor(transport: GuardableTransport, options: GuardTransportOptions) {
    this.transport = transport;
    this.setProtocolVersion = transport.setProtocolVersion?.bind(transport);
    this.setSupportedProtocolVersions = transport.setSupportedProtocolVersions?.bind(transport);
    this.client = new RelayEnd(
      (message, relayed) => this.toClient(message, relayed),
      (id) => this.extras.drop(id),
    );
    this.server = new RelayEnd(
      (message, relayed) => this.toServer(message, relayed),
      (id) => this.sendOptions.drop(id),
    );
    this.relay = new Relay({
      ...options,
      logger: options.logger ?? silentLogger,
      client: this.client,
      upstream: this.server,
    });
  }

  get sessionId(): string | undefined {
    return this.transport.sessionId;
  }

  async start(): Promise<void> {
    const { transport, client } = this;
    transport.onmessage = (message: JsonRpcMessage, extra?: unknown) => {
      try {
        this.extras.during(message, extra, () => client.receive(message));
      } catch (error) {
        // Not JSON-RPC, by rules that this transport does not have: the relay answers it.
        client.onerror?.(asError(error));
      }
    };
    transport.onerror = (error) => {
      client.onerror?.(error);
      this.onerror?.(error);
    };
    transport.onclose = () => {
      this.relay.close();
      this.onclose?.();
    };
    await transport.start();
  }

  async send(message: JsonRpcMessage, options?: SendOptions): Promise<void> {
    this.sendOptions.during(message, options, () => this.server.receive(message));
    await this.lastSent;
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private toServer(message: JsonRpcMessage, { requestId, answers }: SendOptions): void {
    this.sendOptions.drop(answers);
    this.onmessage?.(message, this.extras.take(requestId));
  }

  private toClient(message: JsonRpcMessage, relayed: SendOptions): void {
    const { requestId, answers } = relayed;
    this.extras.drop(answers);
    // The server knows better than the relay in whose stream its message belongs.
    const options = { ...relayed, ...(answers === undefined ? this.sendOptions.take(requestId) : undefined) };
    this.lastSent = this.deliver(message, options);
  }

  private async deliver(message: JsonRpcMessage, options: SendOptions): Promise<void> {
    try {
      await this.transport.send(message, options);
    } catch (error) {
      const failure = asError(error);
      this.client.onerror?.(failure);
      this.onerror?.(failure);
      if (options.requestId !== undefined) this.failRequest(options.requestId, failure.message);
    }
  }

  /** A request of the server that could not be sent: the server shall not wait for its answer. */
  private failRequest(id: RequestId, problem: string): void {
    this.client.receive({ jsonrpc: '2.0', id, error: { code: rpcCodes.connectionClosed, message: problem } });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
