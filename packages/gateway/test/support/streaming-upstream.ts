import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server over HTTP whose sessions have a stream each, on which the test makes it talk. */
export interface StreamingUpstream extends AsyncDisposable {
  readonly url: string;
  /** Streams that are open. */
  readonly streamCount: number;
  /** Sends a notification of this many characters on every stream. */
  tell(characters: number): void;
}

export async function startStreamingUpstream(): Promise<StreamingUpstream> {
  const streams = new Set<ServerResponse>();
  let sessions = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const id = body === '' ? undefined : (JSON.parse(body) as { id?: unknown }).id;
      const headers = { 'content-type': 'application/json', 'mcp-session-id': String(++sessions) };
      if (id === undefined) response.writeHead(202).end();
      else response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    get streamCount() {
      return streams.size;
    },
    tell(characters) {
      const params = { level: 'info', data: 'x'.repeat(characters) };
      const event = `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params })}\n\n`;
      for (const stream of streams) stream.write(event);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
