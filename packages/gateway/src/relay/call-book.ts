import type { JsonRpcRequest, RequestId } from '@mcpplugins/mcp-transport';
import { BoundedMap } from './bounded-map.js';
import { Call } from './call.js';
import { ProgressTokens } from './progress-tokens.js';

/** Ids that nobody waits for any longer are remembered until their late answer: it must not answer another request. */
const maxAbandoned = 1000;

/**
 * Where a call is found. It is emptied when the call ends: a map that is rebuilt leaves its former table, with all that was
 * in it, to slow garbage collection.
 */
interface Slot {
  call: Call | undefined;
}

/** The requests of one end that are in flight, by id and by progress token. */
export class CallBook {
  readonly tokens = new ProgressTokens();
  private readonly calls = new Map<RequestId, Slot>();
  private readonly abandoned = new BoundedMap<RequestId, true>(maxAbandoned);
  private idle: (() => void)[] = [];

  /** Begins a call. Undefined: its id is in use, or may still be answered. */
  open(message: JsonRpcRequest): Call | undefined {
    if (this.calls.has(message.id) || this.abandoned.has(message.id)) return undefined;
    const call = new Call(message);
    this.calls.set(call.id, { call });
    this.tokens.add(call);
    return call;
  }

  find(id: unknown): Call | undefined {
    return typeof id === 'string' || typeof id === 'number' ? this.calls.get(id)?.call : undefined;
  }

  /** The latest call that waits for the target. */
  get latestSent(): Call | undefined {
    let latest: Call | undefined;
    for (const { call } of this.calls.values()) if (call?.phase === 'sent') latest = call;
    return latest;
  }

  /** The calls in flight; ending one while going through them is allowed. */
  *all(): Iterable<Call> {
    for (const { call } of this.calls.values()) if (call !== undefined) yield call;
  }

  /** Nobody waits for the answer of a call any longer, though it may still come. */
  abandon(call: Call): void {
    this.abandoned.set(call.id, true);
  }

  /** The answer of an abandoned call came: its id is free again. */
  settleAbandoned(id: RequestId): void {
    this.abandoned.delete(id);
  }

  /** Ends a call. `isTask`: it was answered by a task, which goes on with its host request and progress token. */
  end(call: Call, isTask: boolean): void {
    call.phase = 'done';
    const slot = this.calls.get(call.id);
    if (slot?.call === call) {
      slot.call = undefined;
      this.calls.delete(call.id);
    }
    this.tokens.remove(call, isTask);
    if (call.guard?.ownsRequest === true && !isTask) call.guard.request.close();
    if (this.calls.size > 0) return;
    const { idle } = this;
    this.idle = [];
    for (const resolve of idle) resolve();
  }

  /** Resolves once no call is in flight. */
  whenIdle(): Promise<void> {
    if (this.calls.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }
}
