import {
  describeError,
  type HostRequest,
  type MaybePromise,
  type Outcome,
  type OutcomeViolation,
} from '@mcpplugins/framework-core';
import type {
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  ReceivedMessage,
  RequestId,
  SendOptions,
} from '@mcpplugins/mcp-transport';
import type { Answer, Side } from '../hook-points/hook-point.js';
import { envelopeText, wholeText } from '../json/faithful-text.js';
import { KeyNames } from '../json/key-names.js';
import { rpcCodes } from '../rpc-codes.js';
import { answerOf, composeAnswer, isOriginal } from './answer-text.js';
import type { Call, CallGuard } from './call.js';
import { CallBook } from './call-book.js';
import type { NoticeGuard } from './notice-guard.js';
import { errorAnswer, failureViolation, refusalOf } from './refusal.js';
import { RequestRefused } from './request-refused.js';
import type { Session } from './session.js';
import { TaskBook } from './task-book.js';

/** A received message of one kind. */
export interface Received<Message> extends ReceivedMessage {
  readonly message: Message & ReceivedMessage['message'];
}

/** Sends a text to one end of a session. */
export type Outlet = (text: string, options?: SendOptions) => void;

/** What an `Exchange` takes. */
export interface ExchangeOptions {
  readonly session: Session;
  /** Who asks in this exchange. */
  readonly from: Side;
  /** To the end that asks. */
  readonly toOrigin: Outlet;
  /** To the end that answers. */
  readonly toTarget: Outlet;
  /** The request of the target in whose stream a message of the origin goes, if in any. */
  readonly relate?: ((method: string) => RequestId | undefined) | undefined;
  /** Notifications of each end. */
  readonly notices: Readonly<Record<Side, NoticeGuard>>;
  /** The end that asks will get no answer to a request. */
  readonly releaseOrigin?: ((id: RequestId) => void) | undefined;
  /** What an answer waits for before it is taken, if for anything. */
  readonly whenAnswerable?: ((id: RequestId) => Promise<void> | undefined) | undefined;
  /** Nobody waits for the answer to a request of the end that answers. */
  readonly releaseTarget?: ((id: RequestId) => void) | undefined;
}

/** An answer as it came. Its text is missing when it was mended. */
interface Original {
  readonly message: JsonRpcResponse;
  readonly text: string | undefined;
}

const taskResultKeys = new KeyNames(['taskId', '_meta']);

/**
 * The requests of one end of a session and the answers of the other. Each request is sent on once its pre hook let it through,
 * and each answer once its post hook did; calls do not wait for each other.
 */
export class Exchange {
  private readonly session: Session;
  private readonly from: Side;
  private readonly toOrigin: Outlet;
  private readonly toTarget: Outlet;
  private readonly relate: (method: string) => RequestId | undefined;
  private readonly releaseOrigin: (id: RequestId) => void;
  private readonly releaseTarget: (id: RequestId) => void;
  private readonly whenAnswerable: (id: RequestId) => Promise<void> | undefined;
  private readonly noticesOfOrigin: NoticeGuard;
  private readonly noticesOfTarget: NoticeGuard;
  private readonly calls = new CallBook();
  private readonly tasks = new TaskBook();

  constructor(options: ExchangeOptions) {
    this.session = options.session;
    this.from = options.from;
    this.toOrigin = options.toOrigin;
    this.toTarget = options.toTarget;
    this.relate = options.relate ?? (() => undefined);
    this.noticesOfOrigin = options.notices[options.from];
    this.noticesOfTarget = options.notices[options.from === 'client' ? 'server' : 'client'];
    this.releaseOrigin = options.releaseOrigin ?? (() => {});
    this.releaseTarget = options.releaseTarget ?? (() => {});
    this.whenAnswerable = options.whenAnswerable ?? (() => undefined);
  }

  /** A request of the origin. */
  request(received: Received<JsonRpcRequest>): void {
    const { message } = received;
    const call = this.calls.open(message);
    if (call === undefined) {
      const problem = `the request id ${JSON.stringify(message.id)} is already in use`;
      this.toOrigin(errorAnswer(message.id, rpcCodes.invalidRequest, problem), { answers: message.id });
      return;
    }
    if (this.isObserved) call.since = performance.now();
    try {
      this.begin(call, received);
    } catch (error) {
      this.fail(call, error);
    }
  }

  /** An answer of the target. Late, second and unknown ones are dropped. */
  answer(received: Received<JsonRpcResponse>): void {
    const { id } = received.message;
    // What the target said before its answer comes before it.
    const earlier = this.noticesOfTarget.whenSent ?? (id == null ? undefined : this.whenAnswerable(id));
    if (earlier === undefined) this.takeAnswer(received);
    else void earlier.then(() => this.answer(received));
  }

  /** The origin no longer wants an answer. */
  cancel(received: Received<JsonRpcNotification>): void {
    const call = this.calls.find(received.message.params?.['requestId']);
    if (call === undefined) return;
    if (call.phase === 'sent') {
      this.calls.abandon(call);
      this.notify(received);
      this.releaseTarget(call.id);
    }
    call.outcome = 'cancelled';
    this.end(call, false);
    this.releaseOrigin(call.id);
  }

  /** A notification of the origin that belongs to no request. */
  notify(received: Received<JsonRpcNotification>): void {
    const { method } = received.message;
    if (method === 'tasks/result' || this.session.pointOf(this.from, method) !== undefined) {
      this.session.logger.warn(`"${method}" without an id was dropped: it must be a request`);
      return;
    }
    this.noticesOfOrigin.pass(received, (text) => {
      this.toTarget(text, { relatedRequestId: this.relate(method) });
    });
  }

  /** A progress notification of the target for a request of the origin. */
  progress(received: Received<JsonRpcNotification>): void {
    const token = received.message.params?.['progressToken'];
    if (this.calls.tokens.find(token) === undefined) return;
    this.noticesOfTarget.pass(received, (text) => {
      const user = this.calls.tokens.find(token);
      if (user === undefined) return;
      this.toOrigin(text, user === 'task' ? undefined : { relatedRequestId: user.id });
    });
  }

  /** The latest request that waits for the target. */
  get latestSent(): RequestId | undefined {
    return this.calls.latestSent?.id;
  }

  /** The host request of a request in flight that is guarded. */
  hostRequestOf(id: RequestId): HostRequest | undefined {
    return this.calls.find(id)?.guard?.request;
  }

  /** The method of a request in flight. */
  methodOf(id: unknown): string | undefined {
    return this.calls.find(id)?.message.method;
  }

  /** The target is gone: answers every request that it has not answered with an error. */
  failAll(message: string, data: unknown): void {
    for (const call of this.calls.all()) {
      if (call.phase === 'after') continue;
      call.outcome = 'lost';
      this.finish(call, errorAnswer(call.id, rpcCodes.connectionClosed, message, data));
    }
  }

  /** Answers requests that wait for the target with an error, all or the one of an id; late answers are dropped. */
  failSent(message: string, data: unknown, id?: RequestId): void {
    for (const call of this.calls.all()) {
      if (call.phase !== 'sent' || (id !== undefined && call.id !== id)) continue;
      this.calls.abandon(call);
      this.releaseTarget(call.id);
      call.outcome = 'lost';
      this.finish(call, errorAnswer(call.id, rpcCodes.internalError, message, data));
    }
  }

  /** A plugin blocked a request on its way to the target, or the answer on its way here; a late answer is dropped. */
  blockSent(id: RequestId, violation: OutcomeViolation): void {
    const call = this.calls.find(id);
    if (call?.phase !== 'sent') return;
    this.calls.abandon(call);
    this.releaseTarget(id);
    this.refuse(call, { violation }, this.session.pointOf(this.from, call.message.method));
  }

  /** Resolves once no request is in flight. */
  whenIdle(): Promise<void> {
    return this.calls.whenIdle();
  }

  /** Ends every request without an answer. */
  close(): void {
    for (const call of this.calls.all()) {
      call.outcome = 'cancelled';
      this.end(call, false);
    }
    this.tasks.close();
  }

  private begin(call: Call, received: Received<JsonRpcRequest>): void {
    if (!this.session.isGuarded) {
      this.forward(call, received.text);
      return;
    }
    const guard = this.guardOf(call);
    if (guard === undefined) {
      this.forward(call, envelopeText(received));
      return;
    }
    call.guard = guard;
    const keys = guard.ownsRequest ? guard.point.keys : taskResultKeys;
    const text = wholeText(received, call.message.params, keys);
    this.whenDone(call, guard.operation.before(guard.request), (outcome) => {
      if (call.phase === 'before') this.afterPre(call, guard, text, outcome);
    });
  }

  private guardOf(call: Call): CallGuard | undefined {
    const { session, from } = this;
    const { method, params } = call.message;
    if (method === 'tasks/result') {
      const task = this.tasks.find(params);
      if (task === undefined && session.guardsTasks(from)) {
        const problem = 'this session made no such task, so its result cannot be guarded';
        throw new RequestRefused(rpcCodes.invalidParams, problem);
      }
      return task;
    }
    const point = session.pointOf(from, method);
    if (point === undefined || !session.isActive(point)) return undefined;
    const operation = session.operationOf(point, params);
    return { point, operation, request: session.openRequest(method), ownsRequest: true };
  }

  private afterPre(call: Call, guard: CallGuard, text: string, outcome: Outcome): void {
    if (!outcome.continueProcessing) {
      this.refuse(call, outcome);
    } else if (outcome.response !== undefined) {
      this.runPost(call, guard, { result: outcome.response.result });
    } else if (outcome.modifiedPayload === undefined) {
      this.forward(call, text);
    } else {
      const params = guard.operation.paramsOf(outcome.modifiedPayload);
      this.forward(call, JSON.stringify({ ...call.message, params }));
    }
  }

  private forward(call: Call, text: string): void {
    call.phase = 'sent';
    this.toTarget(text, { requestId: call.id, relatedRequestId: this.relate(call.message.method) });
  }

  private takeAnswer(received: Received<JsonRpcResponse>): void {
    const { id } = received.message;
    if (id === undefined || id === null) {
      this.session.logger.warn('an answer without an id was dropped');
      return;
    }
    const call = this.calls.find(id);
    if (call?.phase !== 'sent') {
      this.calls.settleAbandoned(id);
      return;
    }
    try {
      this.take(call, received);
    } catch (error) {
      this.fail(call, error instanceof RequestRefused ? error.asAnswer() : error);
    }
  }

  private take(call: Call, received: Received<JsonRpcResponse>): void {
    const { guard } = call;
    const { message } = received;
    if (call.message.method === 'tools/list' && this.session.isGuarded && 'result' in message)
      this.session.outputSchemas.learn(message.result);
    if (guard === undefined || !guard.operation.hasAfter(guard.request)) {
      this.finish(call, this.session.isGuarded ? envelopeText(received) : received.text, message);
      return;
    }
    const answer = answerOf(message);
    const text = wholeText(received);
    this.runPost(call, guard, answer, { message, text: isOriginal(answer, message) ? text : undefined });
  }

  /** Runs the post hook. Without an original the answer is a plugin's own. */
  private runPost(call: Call, guard: CallGuard, answer: Answer, original?: Original): void {
    call.phase = 'after';
    const { operation, request } = guard;
    this.whenDone(call, operation.after(request, answer, original !== undefined), (outcome) => {
      if (call.phase !== 'after') return;
      const { modifiedPayload } = outcome;
      if (!outcome.continueProcessing) {
        this.refuse(call, outcome);
      } else if (modifiedPayload === undefined && original?.text !== undefined) {
        this.finish(call, original.text, original.message);
      } else {
        const given =
          modifiedPayload === undefined
            ? answer
            : operation.settle(operation.answerOf(modifiedPayload), this.session.outputSchemas);
        this.whenDone(call, given, (settled) => {
          if (call.phase !== 'after') return;
          if ('error' in settled) call.outcome = 'error';
          this.finish(call, composeAnswer(call, settled, original?.message), original?.message);
        });
      }
    });
  }

  private finish(call: Call, text: string, message?: JsonRpcResponse): void {
    const isTask = message !== undefined && 'result' in message && this.tasks.keep(call, message.result);
    this.toOrigin(text, { answers: call.id });
    if (message !== undefined && 'error' in message) call.outcome ??= 'error';
    this.end(call, isTask);
  }

  private end(call: Call, isTask: boolean): void {
    this.calls.end(call, isTask);
    if (!this.isObserved) return;
    this.session.onCallEnd?.({
      id: call.id,
      method: call.message.method,
      server: this.session.serverName,
      session: this.session.id,
      requestId: call.guard?.request.global.requestId,
      outcome: call.outcome ?? 'result',
      durationMs: performance.now() - call.since,
    });
  }

  private get isObserved(): boolean {
    return this.from === 'client' && this.session.onCallEnd !== undefined;
  }

  private refuse(
    call: Call,
    { violation = failureViolation(call) }: Pick<Outcome, 'violation'>,
    point = call.guard?.point,
  ): void {
    const { plugin, hook, code } = violation;
    const { method } = call.message;
    const { logger, serverName: server, blockedToolCalls } = this.session;
    call.outcome ??= 'blocked';
    logger.info(`${method} was blocked`, { plugin, hook, code, server });
    this.finish(call, JSON.stringify(refusalOf(call, violation, point, blockedToolCalls)));
  }

  /** A call that could not be guarded does not go through. */
  private fail(call: Call, error: unknown): void {
    if (call.phase === 'done') return;
    call.outcome = error instanceof RequestRefused ? 'error' : 'failed';
    if (error instanceof RequestRefused) {
      this.finish(call, errorAnswer(call.id, error.rpcCode, error.message));
      return;
    }
    const { method } = call.message;
    this.session.logger.error(`${method} could not be guarded and was blocked: ${describeError(error)}`);
    this.refuse(call, { violation: failureViolation(call, error) });
  }

  private whenDone<Value>(call: Call, value: MaybePromise<Value>, goOn: (value: Value) => void): void {
    if (!(value instanceof Promise)) {
      goOn(value);
      return;
    }
    value.then(goOn).catch((error: unknown) => this.fail(call, error));
  }
}
