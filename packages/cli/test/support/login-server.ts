import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An MCP server with one tool that wants a token, and the authorization server that sends every browser back at once. */
export interface LoginServer {
  readonly url: string;
  /** What browsers are sent back with. */
  answer: Readonly<Record<string, string>>;
}

export async function startLoginServer(): Promise<LoginServer> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const send = (status: number, value: object, headers: Record<string, string> = {}): void =>
        void response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify(value));
      if (pathname === '/.well-known/oauth-authorization-server')
        send(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          registration_endpoint: `${issuer}/register`,
          response_types_supported: ['code'],
        });
      else if (pathname === '/register') send(201, { ...JSON.parse(body), client_id: 'dynamic' });
      else if (pathname === '/token') send(200, { access_token: 'access-secret', token_type: 'Bearer' });
      else if (pathname === '/authorize') {
        const back = new URL(searchParams.get('redirect_uri') ?? '');
        back.search = String(
          new URLSearchParams({ state: searchParams.get('state') ?? '', ...server.answer }),
        );
        send(302, {}, { location: back.href });
      } else if (pathname !== '/mcp') send(404, {});
      else if (request.headers.authorization !== 'Bearer access-secret')
        send(401, {}, { 'www-authenticate': 'Bearer' });
      else if (request.method !== 'POST') send(405, {});
      else {
        const { id } = JSON.parse(body) as { readonly id?: number };
        const result = {
          protocolVersion: '2025-11-25',
          capabilities: {},
          serverInfo: { name: 'notes', version: '1' },
          tools: [{ name: 'take_note', inputSchema: { type: 'object' } }],
          prompts: [],
          resources: [],
        };
        send(id === undefined ? 202 : 200, { jsonrpc: '2.0', id, result });
      }
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: LoginServer = { url: `${issuer}/mcp`, answer: { code: 'code-secret' } };
  return server;
}
