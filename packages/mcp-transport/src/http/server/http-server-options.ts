import type { IncomingMessage } from 'node:http';
import { defaultMaxMessageBytes } from '../../default-max-message-bytes.js';
import type { HttpSession } from './http-session.js';
import type { Authenticate, AuthenticatedClient } from './authenticate.js';
import { loopbackHosts } from './host-check.js';

/** What is known of the client that opens a session. */
export interface SessionOpening {
  readonly request: IncomingMessage;
  /** Whom `authenticate` took it for; undefined when there is no `authenticate`. */
  readonly client: AuthenticatedClient | undefined;
}

/** What a `StreamableHttpServer` takes. */
export interface StreamableHttpServerOptions {
  /**
   * A client opens a session: set the callbacks of its transport and start it. When it throws, the client gets an error and there
   * is no session.
   */
  readonly onSession: (session: HttpSession, opening: SessionOpening) => Promise<void>;
  /** The path of the endpoint. Default `/mcp`. */
  readonly path?: string | undefined;
  /** Says who sends a request, or refuses it. A session can only be used by whom it was opened by. */
  readonly authenticate?: Authenticate | undefined;
  /** Host names, without port, that the server answers to. Default: the names of this machine for itself. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of web pages that may use the server, besides pages of the allowed hosts. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Bytes that one message may have. Default 10 485 760. */
  readonly maxMessageBytes?: number | undefined;
  /** Sessions that may be open. Default 10 000. */
  readonly maxSessions?: number | undefined;
  /** Requests of one session that may wait for an answer. Default 1000. */
  readonly maxPendingRequests?: number | undefined;
  /** Milliseconds after which a session without request and stream is closed. Default 1 800 000. */
  readonly sessionIdleMs?: number | undefined;
  /** Milliseconds after which a request that is not answered gets an event stream, from which it can be resumed. Default 500. */
  readonly streamAfterMs?: number | undefined;
  /** Milliseconds between signs of life on streams. Default 15 000. */
  readonly keepAliveMs?: number | undefined;
  /** Milliseconds after which clients are told to come back to a lost stream. Default 1000. */
  readonly retryMs?: number | undefined;
  /** Events that each session keeps for lost streams, and their characters. Default 1000 and 4 194 304. */
  readonly maxEvents?: number | undefined;
  readonly maxEventCharacters?: number | undefined;
  /**
   * Bytes that may wait on one stream; above it the connection is cut. As many characters of messages of one session may wait
   * for a server that does not read; above it later ones are refused with 429. Default 16 777 216.
   */
  readonly maxStreamBytes?: number | undefined;
}

/** Options with every default filled in. */
export type ResolvedHttpServerOptions = {
  readonly [Name in Exclude<keyof StreamableHttpServerOptions, 'authenticate'>]-?: NonNullable<
    StreamableHttpServerOptions[Name]
  >;
} & Pick<StreamableHttpServerOptions, 'authenticate'>;

const defaults = {
  path: '/mcp',
  allowedHosts: loopbackHosts,
  allowedOrigins: [],
  maxMessageBytes: defaultMaxMessageBytes,
  maxSessions: 10_000,
  maxPendingRequests: 1000,
  sessionIdleMs: 1_800_000,
  streamAfterMs: 500,
  keepAliveMs: 15_000,
  retryMs: 1000,
  maxEvents: 1000,
  maxEventCharacters: 4_194_304,
  maxStreamBytes: 16_777_216,
} as const;

/** Fills in the defaults. */
export function resolveHttpServerOptions(options: StreamableHttpServerOptions): ResolvedHttpServerOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...defaults,
    ...(Object.fromEntries(given) as StreamableHttpServerOptions),
  } as ResolvedHttpServerOptions;
}
