import type { RequestListener, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { type FaultListenerOptions, type FaultServer, listenForFaults } from './fault-listener.js';
import { faultOf, healthyAnswer, type HostMessage } from './healthy-answers.js';
import { writeHuge, writeSlowly } from './http-faults.js';
import { answerRefusal, type FaultChannel, streamFaults } from './stream-faults.js';

/** What `startSseFaultServer` takes. */
export interface SseFaultServerOptions extends FaultListenerOptions {
  /** Where messages go, as the server says it. Default: a path of its own. */
  readonly endpoint?: string | undefined;
  /** Path of the stream. Default `/mcp`. */
  readonly path?: string | undefined;
}

/**
 * Starts a plugin server on this machine, over the older HTTP transport with server-sent events, that does what a hook call's `args.fault`
 * says, and everything else right.
 */
export async function startSseFaultServer({
  endpoint,
  path = '/mcp',
  ...where
}: SseFaultServerOptions = {}): Promise<FaultServer> {
  const channels = new Map<string, FaultChannel>();
  let lastSession = 0;
  const onRequest: RequestListener = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && pathname === path) {
      const session = `s${++lastSession}`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`event: endpoint\ndata: ${endpoint ?? `/messages?session=${session}`}\n\n`);
      channels.set(session, createChannel(response));
      return;
    }
    const channel = channels.get(searchParams.get('session') ?? '');
    if (request.method !== 'POST' || channel === undefined) {
      response.writeHead(404).end();
      return;
    }
    readText(request).then(
      (body) => {
        response.writeHead(202).end('Accepted');
        receive(JSON.parse(body) as HostMessage, channel);
      },
      () => response.destroy(),
    );
  };
  return listenForFaults({
    ...where,
    path,
    scheme: 'http',
    onRequest,
    onServer: () => channels.clear(),
  });
}

function receive(message: HostMessage, channel: FaultChannel): void {
  if (answerRefusal(message, channel)) return;
  const fault = streamFaults[faultOf(message)];
  if (fault !== undefined) {
    fault(message, channel);
    return;
  }
  const answer = healthyAnswer(message);
  if (answer !== undefined) channel.send(answer);
}

function createChannel(response: ServerResponse): FaultChannel {
  const channel: FaultChannel = {
    kept: undefined,
    asked: undefined,
    send: (message) => channel.sendText(JSON.stringify(message)),
    sendText: (text) => void response.write(`event: message\ndata: ${text}\n\n`),
    sendHalf: (text) => void response.write(`data: ${text}`),
    sendHuge(bytes) {
      response.write('data: ');
      writeHuge(response, bytes, '\n\n');
    },
    sendSlowly() {
      response.write('data: ');
      writeSlowly(response);
    },
    end: () => void response.end(),
    cut: () => response.socket?.resetAndDestroy(),
  };
  return channel;
}
