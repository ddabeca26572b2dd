import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AskPerson, readLoginAnswer } from '../../src/upstream/oauth/ask-person.js';

/** A request to the token endpoint. */
interface TokenRequest {
  readonly grant: string | null;
  readonly parameters: URLSearchParams;
  readonly authorization: string | undefined;
}

/** What a test changes of how the authorization server is. */
interface AuthorizationServerRules {
  metadata: Record<string, unknown>;
  /** Scopes of a token, when not those that were asked for. */
  grants: ((asked: readonly string[]) => readonly string[]) | undefined;
  /** Changes the address to which the browser is sent back. */
  sendBack: (url: URL) => void;
  tokenType: string;
  /** What the token endpoint answers in place of all that. */
  tokenAnswer: { readonly status: number; readonly body: string } | undefined;
  /** Whom the MCP server names, when not this one. */
  authorizationServer: string | undefined;
  /** Where requests to `/moved` are sent. */
  movedTo: string;
  /** What a refresh is answered with instead of tokens. */
  refusal: 'invalid_grant' | 'refresh_token_too_old' | 'server_error' | undefined;
}

/** An MCP server that wants tokens, and the authorization server that issues them, both on this machine. */
export interface ProtectedServer extends AsyncDisposable {
  readonly url: string;
  readonly issuer: string;
  readonly rules: AuthorizationServerRules;
  /** Parameters of each visit of a browser. */
  readonly visits: URLSearchParams[];
  readonly registrations: Record<string, unknown>[];
  readonly tokenRequests: TokenRequest[];
  /** `authorization` of each request to the MCP server. */
  readonly credentials: (string | undefined)[];
  /** Scopes that calls of a tool of this name need. */
  readonly needs: Map<string, readonly string[]>;
  /** No token that was issued until now is good any longer. */
  expireTokens(): void;
  /** From now on the MCP server takes no token at all. */
  takesNoToken: boolean;
}

interface Code {
  readonly client: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** Where it speaks the older transport with server-sent events. */
export const ssePath = '/mcp/sse';

/** Scopes that the MCP server names in its challenge. */
const firstScopes = ['read'];

/** A person who says yes at once. */
export const willingPerson: AskPerson = async ({ begin }) => {
  const url = await begin(new URL('http://127.0.0.1:9/callback'));
  const { headers, status } = await fetch(url, { redirect: 'manual' });
  if (status !== 302) throw new Error(`the authorization server answered ${status}`);
  return readLoginAnswer(new URL(headers.get('location') ?? '', url));
};

export async function startProtectedServer(): Promise<ProtectedServer> {
  const tokens = new Map<string, readonly string[]>();
  const refreshTokens = new Map<string, readonly string[]>();
  const codes = new Map<string, Code>();
  const clients = new Map<string, readonly string[]>([['registered', ['http://127.0.0.1:9/callback']]]);
  const secrets = new Map([['registered', 'registered-secret']]);
  const rules: AuthorizationServerRules = {
    metadata: {},
    grants: undefined,
    sendBack: () => {},
    tokenType: 'Bearer',
    tokenAnswer: undefined,
    authorizationServer: undefined,
    movedTo: '/',
    refusal: undefined,
  };
  const visits: URLSearchParams[] = [];
  const registrations: Record<string, unknown>[] = [];
  const tokenRequests: TokenRequest[] = [];
  const credentials: (string | undefined)[] = [];
  const needs = new Map<string, readonly string[]>();

  let stream: ServerResponse | undefined;
  const isClient = (id: string): boolean => clients.has(id) || id.startsWith('https:');
  const issue = (asked: readonly string[]): object => {
    const scopes = rules.grants?.(asked) ?? asked;
    const token = randomBytes(12).toString('hex');
    const refreshToken = randomBytes(12).toString('hex');
    tokens.set(token, scopes);
    refreshTokens.set(refreshToken, scopes);
    return {
      access_token: token,
      token_type: rules.tokenType,
      expires_in: 3600,
      refresh_token: refreshToken,
    };
  };
  const authorize = ({ searchParams }: URL, response: ServerResponse): void => {
    visits.push(searchParams);
    const read = (name: string): string => searchParams.get(name) ?? '';
    const redirectUri = read('redirect_uri');
    const known = clients.get(read('client_id'));
    const isAllowed = isClient(read('client_id')) && (known === undefined || known.includes(redirectUri));
    if (!isAllowed || read('code_challenge_method') !== 'S256') {
      response.writeHead(400).end();
      return;
    }
    const code = randomBytes(12).toString('hex');
    const scopes = read('scope').split(' ').filter(Boolean);
    codes.set(code, {
      client: read('client_id'),
      challenge: read('code_challenge'),
      redirectUri,
      resource: read('resource'),
      scopes,
    });
    const back = new URL(redirectUri);
    back.search = String(new URLSearchParams({ code, state: read('state'), iss: server.issuer }));
    rules.sendBack(back);
    response.writeHead(302, { location: back.href }).end();
  };
  const exchange = (parameters: URLSearchParams, client: string): object | string => {
    const code = codes.get(parameters.get('code') ?? '');
    codes.delete(parameters.get('code') ?? '');
    const verifier = parameters.get('code_verifier') ?? '';
    const isRight =
      code?.client === client &&
      createHash('sha256').update(verifier).digest('base64url') === code.challenge &&
      parameters.get('redirect_uri') === code.redirectUri &&
      parameters.get('resource') === code.resource &&
      code.resource === server.url;
    return isRight ? issue(code.scopes) : 'invalid_grant';
  };
  const refresh = (parameters: URLSearchParams): object | string => {
    const scopes = refreshTokens.get(parameters.get('refresh_token') ?? '');
    refreshTokens.delete(parameters.get('refresh_token') ?? '');
    return rules.refusal ?? (scopes === undefined ? 'invalid_grant' : issue(scopes));
  };
  const readClient = ({ authorization, parameters }: TokenRequest): readonly (string | undefined)[] =>
    authorization === undefined
      ? [parameters.get('client_id') ?? '', parameters.get('client_secret') ?? undefined]
      : Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
  const answerTokenRequest = (request: TokenRequest): object | string => {
    tokenRequests.push(request);
    const { grant, parameters } = request;
    const [client = '', secret] = readClient(request);
    if (!isClient(client) || secrets.get(client) !== secret) return 'invalid_client';
    if (grant === 'authorization_code') return exchange(parameters, client);
    if (grant === 'refresh_token') return refresh(parameters);
    if (grant === 'client_credentials')
      return issue((parameters.get('scope') ?? '').split(' ').filter(Boolean));
    return 'unsupported_grant_type';
  };
  const answerMcp = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const { authorization } = request.headers;
    credentials.push(authorization);
    const scopes = tokens.get(authorization?.slice('Bearer '.length) ?? '');
    const metadataUrl = `${server.issuer}/.well-known/oauth-protected-resource/mcp`;
    if (scopes === undefined || server.takesNoToken) {
      const challenge = `Bearer resource_metadata="${metadataUrl}", scope="${firstScopes.join(' ')}"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    if (request.method === 'GET' && request.url === ssePath) {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      stream.write(`event: endpoint\ndata: ${ssePath}\n\n`);
      return;
    }
    const { id, method, params } = (body === '' ? {} : JSON.parse(body)) as {
      id?: unknown;
      method?: string;
      params?: { name?: string };
    };
    const needed = method === 'tools/call' ? (needs.get(params?.name ?? '') ?? []) : [];
    if (needed.some((scope) => !scopes.includes(scope))) {
      const challenge = `Bearer error="insufficient_scope", scope="${needed.join(' ')}", resource_metadata="${metadataUrl}"`;
      response.writeHead(403, { 'www-authenticate': challenge }).end();
      return;
    }
    if (id === undefined) {
      response.writeHead(request.method === 'GET' ? 405 : 202).end();
      return;
    }
    const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, tools: [], content: [] };
    const text = JSON.stringify({ jsonrpc: '2.0', id, result });
    if (request.url === ssePath) {
      response.writeHead(202).end();
      stream?.write(`data: ${text}\n\n`);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 'one' }).end(text);
  };
  const answer = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', server.issuer);
    const sendJson = (status: number, value: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (url.pathname) {
      case '/mcp':
      case ssePath:
        return answerMcp(request, body, response);
      case '/.well-known/oauth-protected-resource/mcp':
        return sendJson(200, {
          resource: server.url,
          authorization_servers: [rules.authorizationServer ?? server.issuer],
        });
      case '/.well-known/oauth-authorization-server':
        return sendJson(200, {
          issuer: server.issuer,
          authorization_endpoint: `${server.issuer}/authorize`,
          token_endpoint: `${server.issuer}/token`,
          registration_endpoint: `${server.issuer}/register`,
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
          ...rules.metadata,
        });
      case '/register': {
        const metadata = JSON.parse(body) as Record<string, unknown>;
        registrations.push(metadata);
        const id = `dynamic-${registrations.length}`;
        clients.set(id, metadata['redirect_uris'] as string[]);
        return sendJson(201, { ...metadata, client_id: id });
      }
      case '/authorize':
        return authorize(url, response);
      case '/token': {
        const parameters = new URLSearchParams(body);
        const { authorization } = request.headers;
        const answered = answerTokenRequest({
          grant: parameters.get('grant_type'),
          parameters,
          authorization,
        });
        if (rules.tokenAnswer !== undefined) {
          response.writeHead(rules.tokenAnswer.status).end(rules.tokenAnswer.body);
          return;
        }
        if (typeof answered !== 'string') return sendJson(200, answered);
        return sendJson(answered === 'server_error' ? 500 : 400, { error: answered });
      }
      case '/moved':
        response.writeHead(307, { location: rules.movedTo }).end();
        return;
      default:
        response.writeHead(404).end();
    }
  };
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => answer(request, body, response));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: ProtectedServer = {
    url: `${issuer}/mcp`,
    issuer,
    rules,
    visits,
    registrations,
    tokenRequests,
    credentials,
    needs,
    takesNoToken: false,
    expireTokens: () => tokens.clear(),
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
