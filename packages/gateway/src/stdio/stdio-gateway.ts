import type { Writable } from 'node:stream';
import type { Logger } from '@mcpplugins/framework-core';
import type { StdioClientTransport, StdioServerTransport } from '@mcpplugins/mcp-transport';
import type { GatewayErrorCode } from '../errors/error-codes.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import { Relay } from '../relay/relay.js';
import type { HookHost } from '../relay/session.js';
import { describeProcessEnd } from '../upstream/create-upstream.js';

/** Why a gateway ended, and what its program should exit with. */
export interface GatewayEnd {
  /** The client closed the connection, the server ended or failed, or `close()` was called. */
  readonly reason: 'client-closed' | 'upstream-failed' | 'closed';
  readonly exitCode: 0 | 1;
  /** What a person should read, when something failed. */
  readonly message?: string | undefined;
}

/** What a `StdioGateway` takes. */
export interface StdioGatewayOptions {
  readonly client: StdioServerTransport;
  readonly upstream: StdioClientTransport;
  readonly manager: HookHost;
  readonly serverName: string;
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  readonly logger: Logger;
  readonly stderr: Writable;
  readonly drainMs: number;
}

/** Characters of the server's stderr that may wait for a reader of ours; more is left out. */
const maxWaitingStderr = 1_048_576;

/** A running gateway between two stdio ends. */
export class StdioGateway implements AsyncDisposable {
  /** Resolves once everything has ended: the server, its process group, and what was to be written. */
  readonly closed: Promise<GatewayEnd>;
  private readonly options: StdioGatewayOptions;
  private readonly relay: Relay;
  private markClosed: (end: GatewayEnd) => void = () => {};
  private end: GatewayEnd | undefined;

  constructor(options: StdioGatewayOptions) {
    this.options = options;
    const { client, upstream } = options;
    this.closed = new Promise((resolve) => {
      this.markClosed = resolve;
    });
    this.relay = new Relay(options);
    upstream.onstderr = (text) => {
      if (options.stderr.writableLength < maxWaitingStderr) options.stderr.write(text);
    };
    upstream.onclose = () => this.onUpstreamEnd();
    client.oninputend = () => this.onClientEnd();
    client.onclose = () => this.finish({ reason: 'client-closed', exitCode: 0 });
  }

  /** Ends the server and lets go of the client. */
  close(): Promise<GatewayEnd> {
    this.finish({ reason: 'closed', exitCode: 0 });
    return this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The client asks for nothing more; what it asked for is still answered. */
  private onClientEnd(): void {
    this.finishWhenIdle({ reason: 'client-closed', exitCode: 0 }, this.options.drainMs);
  }

  private onUpstreamEnd(): void {
    if (this.end !== undefined) return;
    const { serverName, upstream, drainMs } = this.options;
    const message = describeProcessEnd(serverName, upstream);
    this.relay.failUpstream(message, {
      code: 'UPSTREAM_EXITED' satisfies GatewayErrorCode,
      upstream: serverName,
    });
    const lastWords = upstream.lastStderrLines(5);
    const end: GatewayEnd = {
      reason: 'upstream-failed',
      exitCode: 1,
      message: lastWords === '' ? message : `${message}; its last words:\n${lastWords}`,
    };
    // Answers that the server gave before its end are still in their post hooks.
    this.finishWhenIdle(end, drainMs);
  }

  private finishWhenIdle(end: GatewayEnd, milliseconds: number): void {
    const timer = setTimeout(() => this.finish(end), milliseconds);
    void this.relay.whenIdle().then(() => {
      clearTimeout(timer);
      this.finish(end);
    });
  }

  private finish(end: GatewayEnd): void {
    if (this.end !== undefined) return;
    this.end = end;
    this.relay.close();
    void Promise.allSettled([this.options.upstream.close(), this.options.client.close()]).then(() =>
      this.markClosed(end),
    );
  }
}
