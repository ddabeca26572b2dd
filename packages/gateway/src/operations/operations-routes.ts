import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Authenticate,
  checkHost,
  type HostRules,
  isRefused,
  refuse,
  refuseUnauthenticated,
} from '@mcpplugins/mcp-transport';
import type { UpstreamStatus } from '../upstream/upstream-health.js';
import type { GatewayGauges, GatewayMetrics } from './gateway-metrics.js';
import { sendJson } from './send-json.js';

/** How a gateway is. */
export interface GatewayStatus {
  /** Why it takes no calls. Undefined: it does. */
  readonly problem: string | undefined;
  /** By name; shown to those only who may use the gateway. */
  readonly servers: Readonly<Record<string, UpstreamStatus>>;
  /** Servers that plugins left as they were, and why; shown to the same. */
  readonly blocked: readonly unknown[];
}

/** What `OperationsRoutes` take. */
export interface OperationsRoutesOptions {
  readonly metrics: GatewayMetrics;
  readonly gauges: () => GatewayGauges;
  readonly status: () => GatewayStatus;
  /** Who may read metrics and names of servers. Undefined: whoever reaches the gateway. */
  readonly authenticate: Authenticate | undefined;
  readonly rules: HostRules;
}

/**
 * `/health`, `/ready` and `/metrics`. The first two say yes or no to anybody, so that whatever looks after the process needs no
 * credentials; names and numbers are for those who may use the gateway.
 *
 * A gateway whose servers all fail is ready nevertheless: servers are tried by the sessions of clients alone, so whoever
 * keeps clients away until it is ready would never see it recover. The word `failing` and `/metrics` are what to alarm on.
 */
export class OperationsRoutes {
  private readonly options: OperationsRoutesOptions;

  constructor(options: OperationsRoutesOptions) {
    this.options = options;
  }

  /** Answers a request for one of its paths. False: it is none of them. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (path === '/health') sendJson(response, 200, { status: 'ok' });
    else if (path === '/ready') this.sendReady(request, response).catch(() => response.destroy());
    else if (path === '/metrics') this.sendMetrics(request, response).catch(() => response.destroy());
    else return false;
    return true;
  }

  private async sendReady(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const mayKnow = await this.mayKnow(request);
    const { problem, servers, blocked } = this.options.status();
    const sessions = Object.values(this.options.gauges().sessions).reduce((sum, count) => sum + count, 0);
    sendJson(response, problem === undefined ? 200 : 503, {
      status: problem ?? howAllAre(Object.values(servers)),
      ...(mayKnow ? { servers, sessions } : {}),
      ...(mayKnow && blocked.length > 0 ? { blocked } : {}),
    });
  }

  /** Whether names may be shown. Without credentials nobody is refused: whatever looks after the process has none. */
  private async mayKnow(request: IncomingMessage): Promise<boolean> {
    const { rules, authenticate } = this.options;
    if (checkHost(request, rules) !== undefined) return false;
    if (authenticate === undefined) return true;
    if (request.headers.authorization === undefined) return false;
    const client = await authenticate(request);
    return client !== undefined && !isRefused(client);
  }

  private async sendMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { rules, authenticate, metrics, gauges } = this.options;
    const refusal = checkHost(request, rules);
    if (refusal !== undefined) {
      refuse(response, refusal);
      return;
    }
    const client = await authenticate?.(request);
    if (client !== undefined && isRefused(client)) {
      refuseUnauthenticated(response, client);
      return;
    }
    const text = metrics.render(gauges());
    response.writeHead(200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  }
}

function howAllAre(servers: readonly UpstreamStatus[]): 'ready' | 'degraded' | 'failing' {
  if (servers.length > 0 && servers.every(({ state }) => state === 'failed')) return 'failing';
  return servers.some(({ state }) => state === 'degraded' || state === 'failed') ? 'degraded' : 'ready';
}
