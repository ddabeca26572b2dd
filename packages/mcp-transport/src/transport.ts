import type { JsonRpcMessage, RequestId } from './json-rpc.js';
import type { ReceivedMessage } from './received-message.js';

/** Where a message belongs. Transports with one channel (stdio) ignore it. */
export interface SendOptions {
  /** The request of the peer in whose stream this message goes. */
  readonly relatedRequestId?: RequestId | undefined;
  /** The id of this message when it is a request; `send` finds it out by itself. */
  readonly requestId?: RequestId | undefined;
  /** The request of the peer that this message answers; `send` finds it out by itself. */
  readonly answers?: RequestId | undefined;
}

/** The SDK's transport, of version 1 and 2 alike: its `Client` and `Server` run on ours, and ours serve where theirs do. */
export interface Transport {
  /** Begins to receive. Set the callbacks first. The SDK's Client and Server call it themselves. */
  start(): Promise<void>;
  /** Sends one message. Resolves once the peer may be sent more. */
  send(message: JsonRpcMessage, options?: SendOptions): Promise<void>;
  /** Ends the connection and waits for its end. */
  close(): Promise<void>;
  /** The connection has ended, by either side. Called once. */
  onclose?: (() => void) | undefined;
  /** Something went wrong; most of what is reported here does not end the connection. */
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  sessionId?: string | undefined;
  setProtocolVersion?: ((version: string) => void) | undefined;
}

/**
 * A transport for relays: it hands over the text of each message beside what it parses to, sends text as it is, and
 * tells when to stop sending. `onraw`, when set, takes the place of `onmessage`.
 */
export interface RawTransport extends Transport {
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  /** The peer reads again after `sendText` had answered false. */
  ondrain?: (() => void) | undefined;
  /**
   * Sends the text of one JSON-RPC message as it is. False: the peer is slow, so wait for `ondrain` before sending
   * much more. After the end of the connection the text is dropped.
   */
  sendText(text: string, options?: SendOptions): boolean;
  /** A request is over without an answer (it was cancelled): what is kept open for it can go. */
  release?: ((requestId: RequestId) => void) | undefined;
  /** Stops receiving until `resume()`: the peer is made to wait. */
  pause(): void;
  resume(): void;
}
