import { FrameworkError } from '@mcpplugins/framework-core';
import {
  isRequest,
  isResponse,
  type JsonRpcMessage,
  type JsonRpcResponse,
  type MessageBody,
  type Transport,
} from '@mcpplugins/mcp-transport';
import type { CliErrorCode } from '../errors/error-codes.js';

/** Newest revision of MCP with `initialize`. */
const protocolVersion = '2025-11-25';

const methodNotFound = -32_601;

/** Milliseconds that a server may take to answer. */
const answerTimeoutMs = 60_000;

interface Waiting {
  readonly resolve: (response: JsonRpcResponse) => void;
  readonly reject: (error: Error) => void;
}

/** A client of one MCP server with no capabilities of its own: enough to list and to call. */
export class McpSession {
  private readonly transport: Transport;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private hasEnded = false;

  /** Takes over the callbacks of a transport that is not started yet. */
  constructor(transport: Transport) {
    this.transport = transport;
    transport.onmessage = (message) => this.receive(message);
    transport.onclose = () => this.end();
  }

  /** Starts the transport and opens the session. @throws FrameworkError `SERVER_CALL_FAILED` */
  async open(version: string): Promise<void> {
    await this.transport.start();
    const clientInfo = { name: 'mcpplugins', version };
    const response = await this.request('initialize', { protocolVersion, capabilities: {}, clientInfo });
    if ('error' in response) throw failed(`the server refuses to be initialised: ${response.error.message}`);
    await this.transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  /** Asks and waits for the answer, of either kind. @throws FrameworkError `SERVER_CALL_FAILED` when none comes */
  async request(method: string, params: MessageBody): Promise<JsonRpcResponse> {
    if (this.hasEnded) throw failed('the server has ended');
    const id = ++this.lastId;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<JsonRpcResponse>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      timer = setTimeout(() => reject(failed(`no answer to ${method} within 60 seconds`)), answerTimeoutMs);
    });
    try {
      await Promise.all([this.transport.send({ jsonrpc: '2.0', id, method, params }), answer]);
      return await answer;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  /** Every item of a list, over all of its pages; none when the server does not have the list. */
  async list(method: string, key: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const items: Readonly<Record<string, unknown>>[] = [];
    let cursor: unknown;
    do {
      const response = await this.request(method, cursor === undefined ? {} : { cursor });
      if ('error' in response) {
        if (response.error.code === methodNotFound) return items;
        throw failed(`${method}: ${response.error.message}`);
      }
      const page = response.result[key];
      if (Array.isArray(page)) items.push(...(page as typeof items));
      cursor = response.result['nextCursor'];
    } while (typeof cursor === 'string' && cursor !== '');
    return items;
  }

  private receive(message: JsonRpcMessage): void {
    if (isResponse(message)) this.waiting.get(Number(message.id))?.resolve(message);
    else if (isRequest(message)) void this.answer(message.id, message.method);
  }

  private async answer(id: string | number, method: string): Promise<void> {
    const error = { code: methodNotFound, message: `${method} is not supported` };
    await this.transport.send(
      method === 'ping' ? { jsonrpc: '2.0', id, result: {} } : { jsonrpc: '2.0', id, error },
    );
  }

  private end(): void {
    this.hasEnded = true;
    for (const { reject } of this.waiting.values()) reject(failed('the server ended before it answered'));
  }
}

function failed(message: string): FrameworkError<CliErrorCode> {
  return new FrameworkError('SERVER_CALL_FAILED', message);
}
