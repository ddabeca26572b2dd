import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Authenticate,
  checkHost,
  type HostRules,
  isRefused,
  refuse,
  refuseUnauthenticated,
} from '@mcpplugins/mcp-transport';
import type { GatewayGauges, GatewayMetrics } from './gateway-metrics.js';
import { sendJson } from './send-json.js';

/** How a gateway is. */
export interface GatewayStatus {
  /** Whether it takes calls. */
  readonly isReady: boolean;
  /** Why it does not. */
  readonly reason?: string | undefined;
  /** What is known of each server; shown to those only who may use the gateway. */
  readonly servers: unknown;
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
 */
export class OperationsRoutes {
  private readonly options: OperationsRoutesOptions;

  constructor(options: OperationsRoutesOptions) {
    this.options = options;
  }

  /** Answers a request for one of its paths. False: it is none of them. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (path === '/health') sendJson(response, 200, { status: 'ok' });
    else if (path === '/ready') this.sendReady(response);
    else if (path === '/metrics') this.sendMetrics(request, response).catch(() => response.destroy());
    else return false;
    return true;
  }

  private sendReady(response: ServerResponse): void {
    const { isReady, reason, servers, blocked } = this.options.status();
    const sessions = Object.values(this.options.gauges().sessions).reduce((sum, count) => sum + count, 0);
    const isOpen = this.options.authenticate === undefined;
    sendJson(response, isReady ? 200 : 503, {
      status: isReady ? 'ready' : (reason ?? 'not ready'),
      ...(isOpen ? { servers, sessions } : {}),
      ...(isOpen && blocked.length > 0 ? { blocked } : {}),
    });
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
