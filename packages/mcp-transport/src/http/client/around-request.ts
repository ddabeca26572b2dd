import type { RequestId } from '../../json-rpc.js';
import type { HttpResponse } from './http-response.js';

/** An HTTP request as it is about to be sent. */
export interface RequestHead {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly url: URL;
  /** Names in lower case; without `host` and `content-length`, which are not to be changed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fires when nobody waits for the response any more: nothing can be sent then. */
  readonly signal: AbortSignal;
  /** The JSON-RPC request that it carries, or whose answer it goes on reading. */
  readonly requestId?: RequestId | undefined;
}

/** Sends the request with these headers, as often as it is called. Resolves once the head of the response is there. */
export type SendRequest = (headers: Readonly<Record<string, string>>) => Promise<HttpResponse>;

/**
 * Goes around every HTTP request of a transport: to add or change headers, to refuse it by throwing a `TransportError`, to read and
 * change the head of its response, and to send it again after the server turned it away unread (401). A response that is not given
 * back must be discarded.
 */
export type AroundRequest = (request: RequestHead, send: SendRequest) => Promise<HttpResponse>;
