import { describeError, type Logger } from '@mcpplugins/framework-core';
import {
  isNotification,
  isRequest,
  isResponse,
  type JsonRpcMessage,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type JsonRpcResponse,
  type MessageBody,
  parseReceived,
  type RawTransport,
  type ReceivedMessage,
  type RequestId,
} from '@mcpplugins/mcp-transport';
import { isObject } from '../hook-points/read-params.js';
import { rpcCodes } from '../rpc-codes.js';
import { version } from '../version.js';
import { type Member, MemberFailure } from './member.js';
import { mergeGreetings, type Unavailable } from './merge-initialize.js';
import { MergedLists } from './merged-lists.js';
import { Owners } from './owners.js';
import { ReturnIds } from './return-ids.js';

/** What answers a request: its result, or the member that will answer it. */
type Routed = MessageBody | undefined;

/** An error for the client. */
class Refusal extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Several servers as one: what a merged session's relay takes for its server. Each server stays behind its own guards. */
export class MergedHub implements RawTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: (<Message extends JsonRpcMessage>(message: Message) => void) | undefined;
  onraw?: ((received: ReceivedMessage) => void) | undefined;
  ondrain?: (() => void) | undefined;
  private readonly members: readonly Member[];
  private readonly logger: Logger;
  private readonly owners = new Owners();
  private readonly lists: MergedLists;
  private readonly returning = new ReturnIds();
  /** Who will answer a request of the client. */
  private readonly forwarded = new Map<RequestId, Member>();
  private greeting: MessageBody | undefined;
  private level: MessageBody | undefined;

  constructor(members: readonly Member[], logger: Logger) {
    this.members = members;
    this.logger = logger;
    this.lists = new MergedLists(members, this.owners, logger);
  }

  async start(): Promise<void> {}

  async send(message: JsonRpcMessage): Promise<void> {
    this.sendText(JSON.stringify(message));
  }

  /** Takes a message of the client. */
  sendText(text: string): boolean {
    const received = parseReceived(text) as ReceivedMessage;
    const { message } = received;
    if (isRequest(message)) void this.answer(message, text);
    else if (isResponse(message)) this.passAnswer(message);
    else this.passNotice(message, text);
    return true;
  }

  pause(): void {}

  resume(): void {}

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()));
    this.onclose?.();
  }

  /** Takes a message of a server. */
  receive(member: Member, { text, message }: ReceivedMessage): void {
    if (isRequest(message)) {
      const { id, params } = this.returning.add(member, message.id, message.params);
      this.emit({ ...message, id, ...(params !== undefined && { params }) });
    } else if (isNotification(message)) {
      this.passServerNotice(member, message, text);
    } else {
      this.passServerAnswer(member, message, text);
    }
  }

  private async answer(request: JsonRpcRequest, text: string): Promise<void> {
    try {
      const result = await this.route(request, text);
      if (result !== undefined) this.emit({ jsonrpc: '2.0', id: request.id, result });
    } catch (error) {
      this.forwarded.delete(request.id);
      this.emit({ jsonrpc: '2.0', id: request.id, error: errorOf(error) });
    }
  }

  /** Answers a request, or sends it to the server that will: then there is no result yet. */
  private async route(request: JsonRpcRequest, text: string): Promise<Routed> {
    const { method, params = {} } = request;
    switch (method) {
      case 'initialize':
        return this.initialize(params);
      case 'ping':
        return {};
      case 'tools/list':
      case 'prompts/list':
      case 'resources/list':
      case 'resources/templates/list':
      case 'tasks/list':
        await this.revive();
        return this.lists.list(method);
      case 'tools/call':
        return this.forwardNamed('tool', request);
      case 'prompts/get':
        return this.forwardNamed('prompt', request);
      case 'resources/read':
      case 'resources/subscribe':
      case 'resources/unsubscribe':
        return this.forward(await this.ownerOf(String(params['uri'])), request, text);
      case 'completion/complete':
        return this.complete(request, text);
      case 'logging/setLevel':
        return this.setLevel(params);
      case 'tasks/get':
      case 'tasks/result':
      case 'tasks/cancel':
        return this.forward(this.taskOwner(params['taskId']), request, text);
      default:
        throw new Refusal(rpcCodes.methodNotFound, `Method not found: merged servers have no ${method}`);
    }
  }

  private async initialize(params: MessageBody): Promise<Routed> {
    this.greeting = params;
    await Promise.allSettled(this.members.map((member) => member.open(params)));
    const greetings = this.members.flatMap(({ name, greeting }) =>
      greeting === undefined ? [] : [{ server: name, result: greeting.result }],
    );
    const unavailable = this.unavailable();
    for (const { server, reason } of unavailable)
      this.logger.warn(`server "${server}" is not available: ${reason}`);
    if (greetings.length === 0 && this.members.length > 0)
      throw new Refusal(rpcCodes.internalError, 'no server is available', { servers: unavailable });
    return mergeGreetings(greetings, unavailable, { name: 'mcpplugins', version });
  }

  /** Starts servers again that have ended. One that is not there does not keep the others from answering. */
  private async revive(): Promise<void> {
    const { greeting } = this;
    if (greeting === undefined) return;
    const ended = this.members.filter((member) => member.greeting === undefined);
    await Promise.allSettled(ended.map((member) => this.reviveOne(member, greeting)));
  }

  private async reviveOne(member: Member, greeting: MessageBody): Promise<void> {
    if (member.greeting !== undefined) return;
    await member.revive(greeting);
    if (this.level !== undefined && member.has('logging')) await member.ask('logging/setLevel', this.level);
  }

  private async forward(member: Member, request: JsonRpcRequest, text: string): Promise<undefined> {
    if (this.greeting !== undefined) await this.reviveOne(member, this.greeting).catch(() => {});
    if (member.greeting === undefined) {
      const data = { code: 'UPSTREAM_FAILED', upstream: member.name };
      throw new Refusal(
        rpcCodes.connectionClosed,
        `server "${member.name}" is not available: ${member.problem ?? 'it has ended'}`,
        data,
      );
    }
    this.forwarded.set(request.id, member);
    member.forward(text);
    return undefined;
  }

  private async forwardNamed(kind: 'tool' | 'prompt', request: JsonRpcRequest): Promise<undefined> {
    const shown = request.params?.['name'];
    if (typeof shown !== 'string') throw new Refusal(rpcCodes.invalidParams, 'params.name must be a string');
    // A client may know a name from before: whoever has not been listed yet is now.
    if (this.owners.find(kind, shown) === undefined)
      await this.lists.list(kind === 'tool' ? 'tools/list' : 'prompts/list');
    const owned = this.owners.find(kind, shown);
    if (owned === undefined)
      throw new Refusal(
        rpcCodes.invalidParams,
        `Unknown ${kind}: no server has "${shown}"${this.owners.advice(kind, shown)}`,
      );
    const params = { ...request.params, name: owned.name };
    return this.forward(owned.member, request, JSON.stringify({ ...request, params }));
  }

  private async ownerOf(uri: string): Promise<Member> {
    const known = this.owners.findUri(uri);
    if (known !== undefined) return known;
    await this.lists.list('resources/list');
    await this.lists.list('resources/templates/list');
    const found = this.owners.findUri(uri);
    if (found !== undefined) return found;
    const withResources = this.members.filter((member) => member.has('resources'));
    const [only] = withResources;
    if (only !== undefined && withResources.length === 1) return only;
    throw new Refusal(-32_002, `Resource not found: no server lists ${uri}, nor a template of it`, { uri });
  }

  private async complete(request: JsonRpcRequest, text: string): Promise<undefined> {
    const ref = request.params?.['ref'];
    if (isObject(ref) && typeof ref['name'] === 'string') {
      if (this.owners.find('prompt', ref['name']) === undefined) await this.lists.list('prompts/list');
      const owned = this.owners.find('prompt', ref['name']);
      if (owned === undefined)
        throw new Refusal(rpcCodes.invalidParams, `no server has the prompt "${ref['name']}"`);
      const params = { ...request.params, ref: { ...ref, name: owned.name } };
      return this.forward(owned.member, request, JSON.stringify({ ...request, params }));
    }
    if (isObject(ref) && typeof ref['uri'] === 'string')
      return this.forward(await this.ownerOf(ref['uri']), request, text);
    throw new Refusal(rpcCodes.invalidParams, 'params.ref must name a prompt or a resource');
  }

  private async setLevel(params: MessageBody): Promise<Routed> {
    this.level = params;
    const logging = this.members.filter((member) => member.has('logging'));
    await Promise.all(logging.map((member) => member.ask('logging/setLevel', params)));
    return {};
  }

  private taskOwner(taskId: unknown): Member {
    const member = this.owners.findTask(taskId);
    if (member !== undefined) return member;
    throw new Refusal(rpcCodes.invalidParams, 'no server has such a task in this session');
  }

  private passAnswer(message: JsonRpcResponse): void {
    const request = this.returning.settle(message.id);
    request?.member.send(JSON.stringify({ ...message, id: request.id }));
  }

  private passNotice(message: JsonRpcNotification, text: string): void {
    const { method, params } = message;
    if (method === 'notifications/cancelled') {
      const id = params?.['requestId'];
      const member = typeof id === 'string' || typeof id === 'number' ? this.forwarded.get(id) : undefined;
      member?.send(text);
      if (typeof id === 'string' || typeof id === 'number') this.forwarded.delete(id);
    } else if (method === 'notifications/progress') {
      const found = this.returning.findToken(params?.['progressToken']);
      found?.member.send(JSON.stringify({ ...message, params: { ...params, progressToken: found.token } }));
    } else {
      for (const member of this.members) if (member.greeting !== undefined) member.send(text);
    }
  }

  private passServerNotice(member: Member, message: JsonRpcNotification, text: string): void {
    const { method, params } = message;
    if (method === 'notifications/cancelled') {
      const requestId = this.returning.shownId(member, params?.['requestId']);
      if (requestId !== undefined) this.emit({ ...message, params: { ...params, requestId } });
    } else if (method === 'notifications/message') {
      const { logger } = params ?? {};
      const shown = typeof logger === 'string' ? `${member.key}/${logger}` : member.key;
      this.emit({ ...message, params: { ...params, logger: shown } });
    } else {
      this.onraw?.({ text, message });
    }
  }

  private passServerAnswer(member: Member, message: JsonRpcResponse, text: string): void {
    const { id } = message;
    if (id === undefined || id === null || this.forwarded.get(id) !== member) return;
    this.forwarded.delete(id);
    if ('result' in message && isObject(message.result['task'])) {
      const { taskId } = message.result['task'];
      if (typeof taskId === 'string') this.owners.addTask(member, taskId);
    }
    this.onraw?.({ text, message });
  }

  private unavailable(): readonly Unavailable[] {
    return this.members
      .filter(({ greeting }) => greeting === undefined)
      .map(({ name, problem = 'it is not there' }) => ({ server: name, reason: problem }));
  }

  private emit(message: JsonRpcMessage): void {
    this.onraw?.({ text: JSON.stringify(message), message });
  }
}

function errorOf(error: unknown): { code: number; message: string; data?: unknown } {
  if (error instanceof Refusal)
    return {
      code: error.code,
      message: error.message,
      ...(error.data !== undefined && { data: error.data }),
    };
  if (error instanceof MemberFailure && error.rpcError !== undefined) return error.rpcError;
  return { code: rpcCodes.internalError, message: describeError(error) };
}
