import { TransportError } from '../../errors/transport-error.js';
import type { RequestId } from '../../json-rpc.js';
import type { AroundRequest } from './around-request.js';
import type { HttpAddress } from './http-client-options.js';
import { HttpPool } from './http-pool.js';
import { HttpResponse } from './http-response.js';

/** One HTTP request to make. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'GET' | 'DELETE';
  /** Path and query, when it is not that of the connection's address. The origin is always the same. */
  readonly target?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The JSON-RPC request that it is made for. */
  readonly requestId?: RequestId | undefined;
  /** Gets what gives the request up. */
  readonly onStart: (giveUp: () => void) => void;
  /** The request is over, whether its response is whole or not. */
  readonly onOver: (giveUp: () => void) => void;
}

/** Makes HTTP requests to one address. Follows no redirect. */
export class HttpConnection {
  private readonly url: URL;
  private readonly pool: HttpPool;
  private readonly isShared: boolean;
  private readonly hostHeader: string;
  private readonly fixedHeaders: string;
  private readonly around: AroundRequest | undefined;
  private readonly isAroundNeeded: () => boolean;
  /** What `around` sees of the headers that every request has. */
  private readonly ownHeaders: Readonly<Record<string, string>>;

  constructor({ url, headers = {}, tls, socketPath, pool, around, isAroundNeeded }: HttpAddress) {
    this.url = new URL(url);
    this.isShared = pool !== undefined;
    this.pool = pool ?? new HttpPool({ url: this.url, tls, socketPath });
    this.around = around;
    this.ownHeaders = lowerCased(headers);
    this.isAroundNeeded = isAroundNeeded ?? (() => true);
    this.hostHeader = formatHeaders({ host: this.url.host });
    this.fixedHeaders = formatHeaders({ host: this.url.host, ...headers });
  }

  /** Resolves with the response once its head is there. @throws TransportError `STREAM_FAILED`, and what `around` throws */
  request(request: OutgoingRequest): Promise<HttpResponse> {
    const { around } = this;
    return around === undefined || !this.isAroundNeeded()
      ? this.send(request, this.fixedHeaders)
      : this.sendAround(request, around);
  }

  private async sendAround(request: OutgoingRequest, around: AroundRequest): Promise<HttpResponse> {
    const { method, target, requestId, onStart, onOver } = request;
    const giving = new AbortController();
    let giveUpSent: (() => void) | undefined;
    const giveUp = (): void => {
      giving.abort(new TransportError('STREAM_FAILED', 'the request was given up'));
      giveUpSent?.();
    };
    let isDecided = false;
    onStart(giveUp);
    try {
      return await around(
        {
          method,
          url: target === undefined ? this.url : new URL(target, this.url),
          headers: { ...this.ownHeaders, ...request.headers },
          signal: giving.signal,
          requestId,
        },
        (headers) => {
          giving.signal.throwIfAborted();
          const sending = {
            ...request,
            headers,
            onStart: (sent: () => void) => {
              giveUpSent = sent;
            },
            onOver: (sent: () => void) => {
              if (giveUpSent === sent) giveUpSent = undefined;
              if (isDecided && giveUpSent === undefined) onOver(giveUp);
            },
          };
          return this.send(sending, this.hostHeader);
        },
      );
    } finally {
      isDecided = true;
      if (giveUpSent === undefined) onOver(giveUp);
    }
  }

  /** `first`: the header lines that come before those of the request. */
  private send(
    { method, target, headers, body, onStart, onOver }: OutgoingRequest,
    first: string,
  ): Promise<HttpResponse> {
    const { pathname, search, origin } = this.url;
    const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    const head = `${method} ${target ?? pathname + search} HTTP/1.1\r\n${first}${formatHeaders(headers)}${length}\r\n`;
    return new Promise((resolve, reject) => {
      let response: HttpResponse | undefined;
      const giveUp = this.pool.send(body === undefined ? head : head + body, {
        onHead: (responseHead, flow) => {
          response = new HttpResponse(responseHead, { giveUp, flow });
          resolve(response);
        },
        onBody: (chunk) => response?.push(chunk),
        onEnd: () => {
          onOver(giveUp);
          response?.finish(true);
        },
        onLost: (error) => {
          onOver(giveUp);
          response?.finish(false);
          const problem = `${method} ${origin}${pathname} failed: ${error.message}`;
          reject(new TransportError('STREAM_FAILED', problem, { cause: error }));
        },
      });
      onStart(giveUp);
    });
  }

  /** Closes the connections, unless others share them. */
  close(): void {
    if (!this.isShared) this.pool.close();
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Header lines. @throws TransportError when a name or value would not stay one header */
function formatHeaders(headers: Readonly<Record<string, string>>): string {
  let lines = '';
  for (const name of Object.keys(headers)) {
    const value = headers[name] ?? '';
    if (!/^[\w-]+$/.test(name) || /[^\t\x20-\x7e]/.test(value)) {
      throw new TransportError(
        'STREAM_FAILED',
        `the header "${name}" has characters that headers cannot have`,
      );
    }
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}
