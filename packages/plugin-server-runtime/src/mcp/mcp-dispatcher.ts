import { describeError, type Logger, type MaybePromise } from '@mcpplugins/framework-core';
import { Cancellation, isDeeperThan, wireAcceptsKey } from '@mcpplugins/framework-core/wire';
import {
  isNotification,
  isRequest,
  type JsonRpcMessage,
  type JsonRpcRequest,
  type MessageBody,
  protocolVersions,
  type RequestId,
} from '@mcpplugins/mcp-transport';
import { serverVersion } from '../version.js';
import type { HookTools } from './hook-tools.js';

/** Codes of JSON-RPC errors. @see https://www.jsonrpc.org/specification#error_object */
const rpcCodes = {
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internal: -32_603,
  busy: -32_000,
} as const;

/** What all clients of one plugin server share. */
export interface DispatcherShared {
  readonly tools: HookTools;
  readonly logger: Logger;
  /** Levels of nesting that a message may have. */
  readonly maxDepth: number;
  /** Tool calls at a time, of all clients together. */
  readonly maxConcurrentCalls: number;
  /** Whether the server takes no more calls. */
  isDraining: boolean;
  activeCalls: number;
  /** Called when the last of the active calls has ended. */
  onIdle: (() => void) | undefined;
}

/** Answers the MCP messages of one client. */
export class McpDispatcher {
  private readonly shared: DispatcherShared;
  private readonly running = new Map<RequestId, Cancellation>();

  constructor(shared: DispatcherShared) {
    this.shared = shared;
  }

  /** The answer to a message; undefined when it wants none. At once when the plugin answers at once. Never rejects. */
  handle(message: JsonRpcMessage, text: string): MaybePromise<JsonRpcMessage | undefined> {
    if (!isRequest(message)) {
      if (isNotification(message) && message.method === 'notifications/cancelled')
        this.cancel(message.params);
      return undefined;
    }
    const { id } = message;
    try {
      if (isDeeperThan(text, this.shared.maxDepth)) {
        return failure(id, rpcCodes.invalidParams, `nested deeper than ${this.shared.maxDepth} levels`);
      }
      const result = this.answer(message);
      return result instanceof Promise
        ? result.then(
            (later) => answerTo(message, later),
            (error: unknown) => this.failureOf(message, error),
          )
        : answerTo(message, result);
    } catch (error) {
      return this.failureOf(message, error);
    }
  }

  /** The client has gone: what it asked for is no longer wanted. */
  cancelAll(): void {
    for (const cancellation of this.running.values()) cancellation.abort();
  }

  private failureOf({ id, method }: JsonRpcRequest, error: unknown): JsonRpcMessage {
    if (error instanceof RequestRefused) return failure(id, error.code, error.message);
    this.shared.logger.error(`answering ${method.slice(0, 100)} failed: ${describeError(error)}`);
    return failure(id, rpcCodes.internal, 'internal error');
  }

  private answer(message: JsonRpcRequest): MaybePromise<MessageBody | undefined> {
    switch (message.method) {
      case 'initialize':
        return initialize(message.params);
      case 'ping':
        return {};
      case 'tools/list':
        return { tools: this.shared.tools.list };
      case 'tools/call':
        return this.callTool(message);
      default:
        return undefined;
    }
  }

  private callTool({ id, params = {} }: JsonRpcRequest): MaybePromise<MessageBody> {
    const { shared } = this;
    const { name, arguments: given = {}, _meta: meta } = params;
    if (typeof name !== 'string')
      throw new RequestRefused(rpcCodes.invalidParams, 'params.name is not a text');
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new RequestRefused(rpcCodes.invalidParams, 'params.arguments is not an object');
    }
    if (shared.isDraining) throw new RequestRefused(rpcCodes.busy, 'the plugin server is shutting down');
    if (shared.activeCalls >= shared.maxConcurrentCalls) {
      throw new RequestRefused(
        rpcCodes.busy,
        'the plugin server has too many calls at once; try again later',
      );
    }
    const signal = new Cancellation();
    this.running.set(id, signal);
    shared.activeCalls++;
    const result = shared.tools.call({
      name,
      arguments: given as Readonly<Record<string, unknown>>,
      accepts: meta?.[wireAcceptsKey],
      signal,
    });
    if (result instanceof Promise) return result.finally(() => this.end(id));
    this.end(id);
    return result;
  }

  private end(id: RequestId): void {
    const { shared } = this;
    this.running.delete(id);
    shared.activeCalls--;
    if (shared.activeCalls === 0) shared.onIdle?.();
  }

  private cancel(params: MessageBody | undefined): void {
    const id = params?.['requestId'];
    if (typeof id === 'string' || typeof id === 'number') this.running.get(id)?.abort();
  }
}

function initialize(params: MessageBody | undefined): MessageBody {
  const asked = params?.['protocolVersion'];
  const isKnown = typeof asked === 'string' && protocolVersions.includes(asked);
  return {
    protocolVersion: isKnown ? asked : protocolVersions[0],
    capabilities: { tools: {} },
    serverInfo: { name: 'MCP Plugin Server', version: serverVersion },
    instructions: 'External plugin server for MCP Gateway',
  };
}

function answerTo({ id, method }: JsonRpcRequest, result: MessageBody | undefined): JsonRpcMessage {
  return result === undefined
    ? failure(id, rpcCodes.methodNotFound, `${method.slice(0, 100)} is not supported`)
    : { jsonrpc: '2.0', id, result };
}

function failure(id: RequestId, code: number, message: string): JsonRpcMessage {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/** A request that is answered with a JSON-RPC error. */
class RequestRefused extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
