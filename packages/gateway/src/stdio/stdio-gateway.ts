import type { Writable } from 'node:stream';
import type { Logger } from '@mcpplugins/framework-core';
import type { RawTransport, StdioServerTransport } from '@mcpplugins/mcp-transport';
import type { GatewayErrorCode } from '../errors/error-codes.js';
import type { BlockedToolCalls } from '../relay/refusal.js';
import { Relay } from '../relay/relay.js';
import type { HookHost } from '../relay/session.js';
import { lastWordsOf, type Upstream } from '../upstream/create-upstream.js';

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
  readonly server: Upstream;
  readonly manager: HookHost;
  readonly blockedToolCalls?: BlockedToolCalls | undefined;
  readonly logger: Logger;
  readonly stderr: Writable;
  readonly drainMs: number;
}

/** Characters of the server's stderr that may wait for a reader of ours; more is left out. */
const maxWaitingStderr = 1_048_576;

/** A running gateway between a client on standard streams and one server. */
export class StdioGateway implements AsyncDisposable {
  /** Resolves once everything has ended: the server, its process group, and what was to be written. */
  readonly closed: Promise<GatewayEnd>;
  private readonly options: StdioGatewayOptions;
  private readonly upstream: RawTransport;
  private readonly relay: Relay;
  private markClosed: (end: GatewayEnd) => void = () => {};
  private end: GatewayEnd | undefined;

  constructor(options: StdioGatewayOptions) {
    this.options = options;
    const { client, server, stderr } = options;
    this.closed = new Promise((resolve) => {
      this.markClosed = resolve;
    });
    const onStderr = (text: string): void => {
      if (stderr.writableLength < maxWaitingStderr) stderr.write(text);
    };
    this.upstream = server.connect(onStderr, { sessionId: undefined, identity: undefined });
    this.relay = new Relay({ ...options, upstream: this.upstream, serverName: server.name });
    this.upstream.onclose = () => this.onUpstreamEnd();
    client.oninputend = () => this.onClientEnd();
    client.onclose = () => this.finish({ reason: 'client-closed', exitCode: 0 });
  }

  /** Starts the server or connects to it, then lets the client in. @throws TransportError */
  async start(): Promise<void> {
    await this.upstream.start();
    await this.options.client.start();
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
    const { server, drainMs } = this.options;
    const message = server.describeEnd(this.upstream);
    this.relay.failUpstream(message, {
      code: 'UPSTREAM_EXITED' satisfies GatewayErrorCode,
      upstream: server.name,
    });
    const lastWords = lastWordsOf(this.upstream);
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
    const { client, server } = this.options;
    void Promise.allSettled([this.upstream.close(), client.close()]).then(() => {
      server.close();
      this.markClosed(end);
    });
  }
}
