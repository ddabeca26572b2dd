import type { ConnectionOptions } from 'node:tls';
import type { AroundRequest } from './around-request.js';
import type { HttpPool } from './http-pool.js';

/** TLS options of a client: what it trusts and what it shows. */
export type TlsClientOptions = Pick<
  ConnectionOptions,
  | 'ca'
  | 'cert'
  | 'key'
  | 'passphrase'
  | 'servername'
  | 'rejectUnauthorized'
  | 'checkServerIdentity'
  | 'minVersion'
>;

/** Where an HTTP server is and how it is reached. */
export interface HttpAddress {
  readonly url: string | URL;
  /** Headers of every request, e.g. credentials for the server. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: TlsClientOptions | undefined;
  /** A unix socket to connect to; the host of the URL then only names the server. */
  readonly socketPath?: string | undefined;
  /** Keeps connections open; share one between transports to one server. Default: one of its own. */
  readonly pool?: HttpPool | undefined;
  /** Goes around every request, the configured headers included. Default: nothing does. */
  readonly around?: AroundRequest | undefined;
  /** Says of each request whether `around` goes around it; where it does not, it costs nothing. Default: around each. */
  readonly isAroundNeeded?: (() => boolean) | undefined;
}

/** What a `StreamableHttpClientTransport` takes. */
export interface StreamableHttpClientOptions extends HttpAddress {
  /** Bytes that one received message may have. Default 10 485 760. */
  readonly maxMessageBytes?: number | undefined;
  /** Milliseconds before the first attempt to resume a lost stream, unless the server says otherwise. Default 1000. */
  readonly retryMs?: number | undefined;
  /** Attempts to resume a lost stream, each after twice the time. Default 5. */
  readonly maxRetries?: number | undefined;
}

/** What an `SseClientTransport` takes. */
export interface SseClientOptions extends HttpAddress {
  /** Bytes that one received message may have. Default 10 485 760. */
  readonly maxMessageBytes?: number | undefined;
  /** Milliseconds for the stream to open and the server to say where messages go. Default 30 000. */
  readonly connectTimeoutMs?: number | undefined;
}
