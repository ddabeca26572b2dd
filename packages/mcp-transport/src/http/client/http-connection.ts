import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TransportError } from '../../errors/transport-error.js';
import type { StreamableHttpClientOptions } from './http-client-options.js';

/** One HTTP request to make. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | undefined;
  /** Gets the request, so that it can be given up. */
  readonly onStart?: (request: ClientRequest) => void;
}

/** Makes HTTP requests to one address over connections that stay open. Follows no redirect. */
export class HttpConnection {
  private readonly url: URL;
  private readonly options: StreamableHttpClientOptions;
  private readonly agent: HttpAgent | HttpsAgent;

  constructor(options: StreamableHttpClientOptions) {
    this.options = options;
    this.url = new URL(options.url);
    const isSecure = this.url.protocol === 'https:';
    this.agent =
      options.agent ??
      (isSecure ? new HttpsAgent({ ...options.tls, keepAlive: true }) : new HttpAgent({ keepAlive: true }));
  }

  /** Resolves with the response once its headers are there. @throws TransportError `STREAM_FAILED` */
  request({ method, headers, body, onStart }: OutgoingRequest): Promise<IncomingMessage> {
    const { url, agent, options } = this;
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method,
        agent,
        headers: { ...options.headers, ...headers },
        ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
      });
      request.once('response', resolve);
      request.once('error', (error) => {
        const problem = `${method} ${url.origin}${url.pathname} failed: ${error.message}`;
        reject(new TransportError('STREAM_FAILED', problem, { cause: error }));
      });
      onStart?.(request);
      request.end(body);
    });
  }

  /** Closes connections that are not in use, unless others share them. */
  close(): void {
    if (this.options.agent === undefined) this.agent.destroy();
  }
}
