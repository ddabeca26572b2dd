import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { type FaultListenerOptions, type FaultServer, listenForFaults } from './fault-listener.js';
import { faultOf, healthyAnswer, type HostMessage } from './healthy-answers.js';
import { httpFaults } from './http-faults.js';

/** A plugin server over Streamable HTTP that does what a hook call's `args.fault` says, and everything else right. */
export interface HttpFaultServer extends FaultServer {
  /** Headers of every request so far. */
  readonly requests: readonly IncomingMessage['headers'][];
  /** Forgets every session, as a restart does. */
  forgetSessions(): void;
}

/** What `startHttpFaultServer` takes. */
export interface HttpFaultServerOptions extends FaultListenerOptions {
  /** Whether the server has sessions. Default true. */
  readonly sessions?: boolean | undefined;
}

/** Starts a server on this machine that misbehaves on demand. */
export async function startHttpFaultServer({
  sessions: hasSessions = true,
  ...where
}: HttpFaultServerOptions = {}): Promise<HttpFaultServer> {
  const requests: IncomingMessage['headers'][] = [];
  const sessions = new Set<string>();
  let lastSession = 0;
  const answer = (message: HostMessage, request: IncomingMessage, response: ServerResponse): void => {
    if (hasSessions && message.method !== 'initialize') {
      if (!sessions.has(String(request.headers['mcp-session-id']))) {
        sendJson(response.writeHead(404), {
          jsonrpc: '2.0',
          error: { code: -32_001, message: 'Session not found' },
          id: null,
        });
        return;
      }
    } else if (hasSessions) {
      sessions.add(`s${++lastSession}`);
      response.setHeader('mcp-session-id', `s${lastSession}`);
    }
    const fault = httpFaults[faultOf(message)];
    if (fault !== undefined) {
      fault(message, response, request);
      return;
    }
    const answered = healthyAnswer(message);
    if (answered === undefined) response.writeHead(202).end();
    else sendJson(response.writeHead(200, { 'content-type': 'application/json' }), answered);
  };
  const onRequest: RequestListener = (request, response) => {
    requests.push(request.headers);
    if (request.method !== 'POST') {
      response.writeHead(request.method === 'GET' ? 405 : 200).end();
      return;
    }
    readText(request).then(
      (body) => answer(JSON.parse(body) as HostMessage, request, response),
      () => response.destroy(),
    );
  };
  const server = await listenForFaults({
    ...where,
    scheme: 'http',
    onRequest,
    onServer: () => sessions.clear(),
  });
  return Object.assign(server, { requests, forgetSessions: () => sessions.clear() });
}

function sendJson(response: ServerResponse, value: object): void {
  response.end(JSON.stringify(value));
}
