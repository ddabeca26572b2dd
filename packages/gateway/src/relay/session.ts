import { randomUUID } from 'node:crypto';
import type {
  GlobalContextInput,
  HookName,
  HostRequest,
  Logger,
  PluginManager,
} from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import type { CallObserver } from '../operations/call-end.js';
import { OutputSchemas } from '../output-schema/output-schemas.js';
import type { BlockedToolCalls } from './refusal.js';
import { forwardingHooks } from '../hook-points/forwarding-hooks.js';
import { noticeHook } from '../hook-points/notices.js';
import type { HookPoint, Operation, Side } from '../hook-points/hook-point.js';
import { permissionFor, permissionHook } from '../hook-points/permissions.js';
import { PermittedOperation } from './permitted-operation.js';

/** What a relay needs of a manager; `PluginManager` has it. */
export type HookHost = Pick<PluginManager, 'hasHook' | 'initialized' | 'openRequest'>;

/** What is known of a client on HTTP besides who it is: of the request that opened its session. */
export interface HttpClientFacts {
  /** How it was found out who it is: `key`, `jwt`, `plugin`. */
  readonly authMethod: string | undefined;
  readonly clientHost: string | undefined;
  readonly userAgent: string | undefined;
}

/** What a `Session` takes. */
export interface SessionOptions {
  readonly manager: HookHost;
  /** The host's name for the server: `serverId` of every hook call. */
  readonly serverName: string;
  readonly logger: Logger;
  readonly points: readonly HookPoint[];
  /** Default `result`. */
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  /** Generated when there is none. */
  readonly sessionId?: string | undefined;
  /** Who the client is, as the host has verified it. */
  readonly identity?: Pick<GlobalContextInput, 'user' | 'tenantId' | 'userContext'> | undefined;
  /** Of a client on HTTP, whose requests then may take permissions. */
  readonly httpClient?: HttpClientFacts | undefined;
  /** Is told of each request of the client that has ended. */
  readonly onCallEnd?: CallObserver | undefined;
}

/** One client and one server, and what both directions between them share. */
export class Session {
  readonly id: string;
  readonly logger: Logger;
  readonly manager: HookHost;
  readonly serverName: string;
  readonly outputSchemas: OutputSchemas;
  readonly onCallEnd: CallObserver | undefined;
  private readonly options: SessionOptions;
  /** Every hook of every point, and that of notifications. */
  private readonly hooks: readonly HookName[];
  private readonly points: Readonly<Record<Side, ReadonlyMap<string, HookPoint>>>;
  private lastRequest = 0;

  constructor(options: SessionOptions) {
    this.options = options;
    this.id = options.sessionId ?? randomUUID();
    this.logger = options.logger;
    this.manager = options.manager;
    this.serverName = options.serverName;
    this.onCallEnd = options.onCallEnd;
    this.outputSchemas = new OutputSchemas(options.logger);
    const hooks = options.points.flatMap(({ pre, post }) => (pre === undefined ? [post] : [pre, post]));
    const permissions: readonly HookName[] = options.httpClient === undefined ? [] : [permissionHook];
    this.hooks = [...new Set<HookName>([...hooks, ...permissions, noticeHook])];
    this.points = {
      client: pointsFrom('client', options.points),
      server: pointsFrom('server', options.points),
    };
  }

  get blockedToolCalls(): BlockedToolCalls | undefined {
    return this.options.blockedToolCalls;
  }

  /** Whether any plugin runs at any hook point: otherwise messages are not even scanned. */
  get isGuarded(): boolean {
    const { manager } = this;
    if (!manager.initialized) return true;
    for (const hook of this.hooks) if (manager.hasHook(hook)) return true;
    return false;
  }

  /** Whether a plugin runs on notifications of the server. */
  get guardsNotices(): boolean {
    return !this.manager.initialized || this.manager.hasHook(noticeHook);
  }

  /** Whether a plugin runs around HTTP requests to the server. */
  get guardsForwarding(): boolean {
    const { manager } = this;
    return !manager.initialized || forwardingHooks.some((hook) => manager.hasHook(hook));
  }

  pointOf(from: Side, method: string): HookPoint | undefined {
    return this.points[from].get(method);
  }

  /** Whether a plugin runs on a hook of the point. A manager that is shut down guards: what it is asked is refused. */
  isActive(point: HookPoint): boolean {
    const { pre, post } = point;
    if (!this.manager.initialized) return true;
    if ((pre !== undefined && this.manager.hasHook(pre)) || this.manager.hasHook(post)) return true;
    return this.takesPermission(point);
  }

  /** What a request of a client asks for, behind the permission for it if plugins look at permissions. */
  operationOf(point: HookPoint, params: MessageBody | undefined): Operation {
    const operation = point.open(params);
    if (!this.takesPermission(point)) return operation;
    const permission = permissionFor(point.method, params);
    const { identity, httpClient } = this.options;
    return permission === undefined
      ? operation
      : new PermittedOperation(operation, {
          ...permission,
          userEmail: identity?.userContext?.email ?? identity?.user ?? '',
          isAdmin: identity?.userContext?.isAdmin ?? false,
          ...httpClient,
        });
  }

  private takesPermission({ from }: HookPoint): boolean {
    const { httpClient } = this.options;
    return from === 'client' && httpClient !== undefined && this.manager.hasHook(permissionHook);
  }

  /** Whether the answer of some task may have to be guarded. */
  guardsTasks(from: Side): boolean {
    for (const point of this.points[from].values()) if (point.mayBeTask && this.isActive(point)) return true;
    return false;
  }

  /** `signal` fires when nobody wants the operation any longer. */
  openRequest(method: string, signal?: AbortSignal): HostRequest {
    const { identity } = this.options;
    // Field by field: an object that begins with a spread costs V8 a miss for every field that follows.
    const global = {
      user: identity?.user,
      tenantId: identity?.tenantId,
      userContext: identity?.userContext,
      requestId: `${this.id}-${++this.lastRequest}`,
      serverId: this.serverName,
      metadata: { method, session: this.id },
    };
    return this.manager.openRequest(global, signal === undefined ? undefined : { signal });
  }
}

function pointsFrom(side: Side, points: readonly HookPoint[]): ReadonlyMap<string, HookPoint> {
  return new Map(points.filter(({ from }) => from === side).map((point) => [point.method, point]));
}
