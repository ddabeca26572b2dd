import { isolate } from '../payload/isolate.js';
import { setOwn } from '../payload/plain.js';
import { Cancellation, type CancelSignal } from './cancellation.js';
import type { GlobalContext, UserContext } from './global-context.js';
import type { Logger } from './logger.js';
import type { PluginContext } from './plugin-context.js';
import { findWrite, type RequestState, type StateWrite, writesInOrder } from './request-state.js';

/** What a call's context needs of its request. */
export interface ContextRequest {
  readonly global: GlobalContext;
  readonly state: RequestState;
}

/** What a call's context needs of its plugin. */
export interface ContextPlugin {
  readonly logger: Logger;
}

/** The context of one handler call. Everything optional is made on first use: few fields, since every call has one. */
export class CallContext implements PluginContext {
  /** Writes that wait for the handler's result; `undefined` deletes. */
  writes: StateWrite | undefined;
  private readonly request: ContextRequest;
  private readonly plugin: ContextPlugin;
  private readonly shared: ReadonlyMap<string, unknown> | undefined;
  private cancellation: Cancellation | undefined;

  constructor(request: ContextRequest, plugin: ContextPlugin) {
    this.request = request;
    this.plugin = plugin;
    this.shared = request.state.shared;
    this.writes = undefined;
    this.cancellation = undefined;
  }

  get global(): GlobalContext {
    return this.request.global;
  }

  get logger(): Logger {
    return this.plugin.logger;
  }

  get requestId(): string {
    return this.global.requestId;
  }

  get user(): string | undefined {
    return this.global.user;
  }

  get tenantId(): string | undefined {
    return this.global.tenantId;
  }

  get serverId(): string | undefined {
    return this.global.serverId;
  }

  get contentType(): string | undefined {
    return this.global.contentType;
  }

  get userContext(): UserContext | undefined {
    return this.global.userContext;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return this.global.metadata;
  }

  get state(): Readonly<Record<string, unknown>> {
    const view: Record<string, unknown> = {};
    for (const [key, value] of this.shared ?? []) setOwn(view, key, value);
    for (const { key, value } of writesInOrder(this.writes)) {
      if (value === undefined) delete view[key];
      else setOwn(view, key, value);
    }
    return Object.freeze(view);
  }

  getState(key: string): unknown;
  getState<Value>(key: string, fallback: Value): Value;
  getState(key: string, fallback?: unknown): unknown {
    const write = findWrite(this.writes, key);
    const value = write === undefined ? this.shared?.get(key) : write.value;
    return value === undefined ? fallback : value;
  }

  setState(key: string, value: unknown): void {
    this.writes = { key, value: isPlainLeaf(value) ? value : isolate(value), earlier: this.writes };
  }

  deleteState(key: string): void {
    this.writes = { key, value: undefined, earlier: this.writes };
  }

  get local(): Map<string, unknown> {
    return this.request.state.localOf(this.plugin);
  }

  get signal(): AbortSignal {
    this.cancellation ??= new Cancellation();
    return this.cancellation.signal;
  }

  /** What `signal` says, at a fraction of its cost. */
  get cancelSignal(): CancelSignal {
    this.cancellation ??= new Cancellation();
    return this.cancellation;
  }

  /** Tells the handler that its answer is no longer wanted. */
  abort(reason: Error): void {
    this.cancellation ??= new Cancellation();
    this.cancellation.abort(reason);
  }
}

function isPlainLeaf(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** What the `signal` of a handler's context says, without making one where the context is ours. */
export function cancelSignalOf(context: PluginContext): CancelSignal {
  return context instanceof CallContext ? context.cancelSignal : context.signal;
}
