import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers everything and keeps the header fields that reached it. */
export interface Upstream extends AsyncDisposable {
  readonly url: string;
  readonly seen: IncomingHttpHeaders[];
  /** Methods of the HTTP requests, in the same order. */
  readonly methods: (string | undefined)[];
}

/** What of a message decides how it is answered. */
interface Message {
  readonly id?: unknown;
  readonly method?: string;
}

/** Answers a message in another way; false: it is answered as usual. */
export type AnswerInstead = (response: ServerResponse, message: Message) => boolean;

export async function startUpstream(answerInstead: AnswerInstead = () => false): Promise<Upstream> {
  const seen: IncomingHttpHeaders[] = [];
  const methods: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    methods.push(request.method);
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const message = body === '' ? {} : (JSON.parse(body) as Message);
      const { id } = message;
      if (answerInstead(response, message)) return;
      if (id === undefined) response.writeHead(202).end();
      else {
        response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 'upstream' });
        response.end(
          JSON.stringify({
            jsonrpc: '2.0',
            id,
            result: { protocolVersion: '2025-11-25', capabilities: {}, content: [] },
          }),
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    methods,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
