import { isolate } from '../payload/isolate.js';
import { setOwn } from '../payload/plain.js';
import type { GlobalContext, UserContext } from './global-context.js';
import type { Logger } from './logger.js';
import type { PluginContext } from './plugin-context.js';
import type { RequestState } from './request-state.js';

/** The context of one handler call. Everything optional is made on first use. */
export class CallContext implements PluginContext {
  readonly global: GlobalContext;
  readonly logger: Logger;
  /** Writes that wait for the handler's result; `undefined` deletes. */
  writes: Map<string, unknown> | undefined;
  private readonly request: RequestState;
  private readonly plugin: object;
  private readonly shared: ReadonlyMap<string, unknown> | undefined;
  private controller: AbortController | undefined;
  private abortReason: Error | undefined;

  constructor(global: GlobalContext, request: RequestState, plugin: object, logger: Logger) {
    this.global = global;
    this.request = request;
    this.plugin = plugin;
    this.logger = logger;
    this.shared = request.shared;
    this.writes = undefined;
    this.controller = undefined;
    this.abortReason = undefined;
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
    for (const [key, value] of this.writes ?? []) {
      if (value === undefined) delete view[key];
      else setOwn(view, key, value);
    }
    return Object.freeze(view);
  }

  getState(key: string): unknown;
  getState<Value>(key: string, fallback: Value): Value;
  getState(key: string, fallback?: unknown): unknown {
    if (this.writes?.has(key)) return this.writes.get(key) ?? fallback;
    return this.shared?.get(key) ?? fallback;
  }

  setState(key: string, value: unknown): void {
    this.writes ??= new Map();
    this.writes.set(key, typeof value === 'object' ? isolate(value) : isolateLeaf(value));
  }

  deleteState(key: string): void {
    this.writes ??= new Map();
    this.writes.set(key, undefined);
  }

  get local(): Map<string, unknown> {
    return this.request.localOf(this.plugin);
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.abortReason !== undefined) this.controller.abort(this.abortReason);
    }
    return this.controller.signal;
  }

  /** Tells the handler that its answer is no longer wanted. */
  abort(reason: Error): void {
    this.abortReason = reason;
    this.controller?.abort(reason);
  }
}

function isolateLeaf(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'boolean' ? value : isolate(value);
}
