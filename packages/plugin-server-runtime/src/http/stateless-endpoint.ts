import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseReceived, TransportError } from '@mcpplugins/mcp-transport';
import { type DispatcherShared, McpDispatcher } from '../mcp/mcp-dispatcher.js';

/** What `StatelessEndpoint` takes. */
export interface StatelessEndpointOptions {
  readonly shared: DispatcherShared;
  readonly maxMessageBytes: number;
}

/** MCP over Streamable HTTP without sessions: a request, its answer as JSON, and nothing is remembered. */
export class StatelessEndpoint {
  private readonly options: StatelessEndpointOptions;

  constructor(options: StatelessEndpointOptions) {
    this.options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      refuse(response, {
        status: 405,
        code: -32_000,
        message: 'Method not allowed: this server has no sessions',
      });
      return;
    }
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      refuse(response, {
        status: 415,
        code: -32_000,
        message: 'Unsupported media type: send application/json',
      });
      return;
    }
    const text = await readBody(request, this.options.maxMessageBytes);
    if (text === undefined) {
      response.setHeader('connection', 'close');
      refuse(response, {
        status: 413,
        code: -32_600,
        message: 'The message is larger than this server accepts',
      });
      return;
    }
    await this.answer(text, response);
  }

  private async answer(text: string, response: ServerResponse): Promise<void> {
    try {
      const received = parseReceived(text);
      if (Array.isArray(received)) return;
      const dispatcher = new McpDispatcher(this.options.shared);
      response.once('close', () => dispatcher.cancelAll());
      const answer = await dispatcher.handle(received.message, text);
      if (answer === undefined) response.writeHead(202, { 'content-length': 0 }).end();
      else send(response, 200, JSON.stringify(answer));
    } catch (error) {
      if (!TransportError.is(error)) throw error;
      const isJson = error.code !== 'MESSAGE_NOT_JSON';
      const message = isJson ? 'Invalid request' : 'Parse error: the body is not JSON';
      refuse(response, { status: 400, code: isJson ? -32_600 : -32_700, message });
    }
  }
}

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  send(response, status, JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
