import type { ServerResponse } from 'node:http';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { listen } from './listen.js';
import { createSdkServer } from './sdk-server.js';

/** The SDK's server on its own SSE transport. */
export async function serveSdkOverSse(): Promise<URL> {
  const transports = new Map<string, SSEServerTransport>();
  const { url } = await listen((request, response) => {
    if (request.method === 'GET') {
      const transport = new SSEServerTransport('/messages', response);
      transports.set(transport.sessionId, transport);
      void createSdkServer().connect(transport);
      return;
    }
    const session = new URL(request.url ?? '', 'http://localhost').searchParams.get('sessionId');
    void transports.get(session ?? '')?.handlePostMessage(request, response);
  });
  return url;
}

/** One open stream of an `startRawSse` server. */
export interface RawSse {
  readonly url: URL;
  /** What was posted, with path and `authorization`. */
  readonly posts: readonly (readonly [path: string, authorization: string | undefined, body: string])[];
  /** The streams, in the order in which they were opened. */
  readonly streams: readonly ServerResponse[];
}

/** What a `startRawSse` server does. */
export interface RawSseOptions {
  /** What is written to a new stream. */
  readonly opening?: string;
  readonly onGet?: (response: ServerResponse) => void;
  /** Answers a message; by default it is accepted. */
  readonly onPost?: (response: ServerResponse, body: string) => void;
}

/** An SSE server that writes what it is told. */
export async function startRawSse({
  opening = 'event: endpoint\ndata: /messages?s=1\n\n',
  onGet,
  onPost = (response) => response.writeHead(202).end('Accepted'),
}: RawSseOptions = {}): Promise<RawSse> {
  const posts: [string, string | undefined, string][] = [];
  const streams: ServerResponse[] = [];
  const { url } = await listen((request, response) => {
    if (request.method === 'GET') {
      if (onGet !== undefined) {
        onGet(response);
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(opening);
      streams.push(response);
      return;
    }
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      posts.push([request.url ?? '', request.headers.authorization, body]);
      onPost(response, body);
    });
  });
  return { url, posts, streams };
}
