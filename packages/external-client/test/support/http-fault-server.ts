import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { answer, hookReply } from '../fixtures/healthy-server.mjs';

/** A message of a host, as far as the servers look at it. */
interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: {
    readonly arguments?: { readonly payload?: { readonly args?: { readonly fault?: string } } };
  };
}

/** A plugin server over HTTP that does what a hook call's `args.fault` says, and everything else right. */
export interface HttpFaultServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Headers of every request so far. */
  readonly requests: readonly IncomingMessage['headers'][];
  /** Forgets every session, as a restart does. */
  forgetSessions(): void;
  /** Stops to listen and cuts every connection. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  restart(): Promise<void>;
}

/** What `startHttpFaultServer` takes. */
export interface HttpFaultServerOptions {
  readonly tls?: ServerOptions;
  readonly socketPath?: string;
  /** Whether the server has sessions. Default true. */
  readonly sessions?: boolean;
}

type Fault = (message: Message, response: ServerResponse, context: { readonly socket: Socket }) => void;

const json = { 'content-type': 'application/json' };
const stream = { 'content-type': 'text/event-stream' };
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

const faults: Readonly<Record<string, Fault>> = {
  'status-500-html': (_, response) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>secret</h1>'),
  'html-200': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>secret</h1>'),
  'invalid-json': (_, response) => response.writeHead(200, json).end('{"secret":'),
  'wrong-id': (message, response) =>
    response.writeHead(200, json).end(JSON.stringify({ ...hookReply(message), id: 999_999 })),
  'null-result': ({ id }, response) =>
    response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, result: null })),
  'three-times': (message, response) => {
    response.writeHead(200, stream).end(event(hookReply(message)).repeat(3));
  },
  'stream-ends': (_, response) => response.writeHead(200, stream).end(': bye\n\n'),
  'garbage-event': (message, response) => {
    response.writeHead(200, stream).end(`data: {not json\n\n${event(hookReply(message))}`);
  },
  'reset-before': (_, __, { socket }) => socket.resetAndDestroy(),
  'reset-inside': (_, response, { socket }) => {
    response.writeHead(200, { ...json, 'content-length': 1000 }).write('{"jsonrpc"');
    setImmediate(() => socket.resetAndDestroy());
  },
  silence: () => {},
  'headers-only': (_, response) => response.writeHead(200, json).flushHeaders(),
  'slow-loris': (_, response) => {
    response.writeHead(200, json);
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  },
  accepted: (_, response) => response.writeHead(202).end(),
  huge: (_, response) => {
    // 100 MB, unless the reader stops.
    response.writeHead(200, json).write('{"jsonrpc":"2.0","text":"');
    const chunk = 'x'.repeat(65_536);
    let left = 1600;
    const more = () => {
      while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', more);
      response.end('"}');
    };
    more();
  },
  deep: (message, response) => {
    const reply = JSON.stringify(hookReply(message, { metadata: { deep: 'HERE' } }));
    response.writeHead(200, json).end(reply.replace('\\"HERE\\"', '['.repeat(20_000) + ']'.repeat(20_000)));
  },
  redirect: (_, response) => response.writeHead(307, { location: 'http://other.example/mcp' }).end(),
  'gzip-bomb': (_, response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
  'too-many-requests': (_, response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  unavailable: (_, response) => response.writeHead(503, { 'retry-after': '1' }).end(),
  unauthorized: (_, response) => response.writeHead(401).end(),
};

/** Starts a server that misbehaves on demand. */
export async function startHttpFaultServer(options: HttpFaultServerOptions = {}): Promise<HttpFaultServer> {
  const requests: IncomingMessage['headers'][] = [];
  const sockets = new Set<Socket>();
  let sessions = new Set<string>();
  let lastSession = 0;
  const listener: RequestListener = (request, response) => {
    requests.push(request.headers);
    if (request.method !== 'POST') {
      response.writeHead(request.method === 'GET' ? 405 : 200).end();
      return;
    }
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const message = JSON.parse(body) as Message;
      const session = request.headers['mcp-session-id'];
      const hasSessions = options.sessions ?? true;
      if (hasSessions && message.method !== 'initialize' && !sessions.has(String(session))) {
        response
          .writeHead(404, json)
          .end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
        return;
      }
      if (hasSessions && message.method === 'initialize') {
        sessions.add(`s${++lastSession}`);
        response.setHeader('mcp-session-id', `s${lastSession}`);
      }
      const fault = faults[message.params?.arguments?.payload?.args?.fault ?? ''];
      if (fault !== undefined) {
        fault(message, response, request);
        return;
      }
      const answered = answer(message);
      if (answered === undefined) response.writeHead(202).end();
      else response.writeHead(200, json).end(JSON.stringify(answered));
    });
  };
  let port = 0;
  const start = async (): Promise<Server> => {
    const server =
      options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => {
      if (options.socketPath === undefined) server.listen(port, '127.0.0.1', resolve);
      else server.listen(options.socketPath, resolve);
    });
    if (options.socketPath === undefined) ({ port } = server.address() as AddressInfo);
    return server;
  };
  let server = await start();
  const stop = async (): Promise<void> => {
    const stopped = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await stopped;
  };
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://localhost:${port}/mcp`.replace(
      'localhost',
      options.tls === undefined ? '127.0.0.1' : 'localhost',
    ),
    port,
    requests,
    forgetSessions: () => {
      sessions = new Set();
    },
    stop,
    restart: async () => {
      sessions = new Set();
      server = await start();
    },
    [Symbol.asyncDispose]: stop,
  };
}
