import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import { type CancelSignal, detectDialect, type WireDialect } from '@mcpplugins/framework-core/wire';
import { TransportError } from '@mcpplugins/mcp-transport';
import { externalError, retryAfterMsOf, toPeerError } from '../errors/peer-error.js';
import { McpSession } from '../session/mcp-session.js';
import type { ServerSpec } from '../spec/server-spec.js';
import { clientVersion } from '../version.js';
import { backoffMs } from './backoff.js';
import { CallGate } from './call-gate.js';
import type { ConnectionOptions } from './connection-options.js';
import { createTransport } from './create-transport.js';
import { Hold } from './hold.js';
import { waitFor } from './wait-for.js';

/** A session with a server that is known to be a plugin server. */
export interface PeerSession {
  readonly mcp: McpSession;
  readonly dialect: WireDialect;
}

/** What a `SupervisedConnection` needs to know besides how to reach the server. */
export interface SupervisedConnectionOptions extends ConnectionOptions {
  /** Names of the hooks of this host, to know a plugin server by. */
  readonly hooks: readonly string[];
}

/**
 * One connection to a plugin server, kept up for as long as anybody uses it. Lost, it is made anew with growing waits;
 * meanwhile calls fail at once with the reason. It never answers for the server: a call either has the server's answer
 * or throws.
 */
export class SupervisedConnection {
  readonly peer: string;
  private readonly spec: ServerSpec;
  private readonly options: SupervisedConnectionOptions;
  private readonly gate: CallGate;
  private session: PeerSession | undefined;
  private opening: Promise<PeerSession> | undefined;
  private lastError: FrameworkError | undefined;
  private failures = 0;
  /** Calls in a row that got no answer. */
  private unanswered = 0;
  private retryAt = 0;
  private readonly hold: Hold;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  /** Sessions that are being ended. */
  private readonly ending = new Set<Promise<void>>();

  constructor(spec: ServerSpec, options: SupervisedConnectionOptions) {
    this.spec = spec;
    this.peer = spec.peer;
    this.options = options;
    this.gate = new CallGate({ ...options, peer: spec.peer });
    this.hold = new Hold(spec.peer, options.longestRetryAfterMs);
  }

  /**
   * Runs something on the session, opening it first if need be; once more on a new one when the server has forgotten the
   * session. @throws FrameworkError
   */
  run<Value>(
    signal: CancelSignal | undefined,
    use: (session: PeerSession) => Promise<Value>,
  ): Promise<Value> {
    const turn = this.gate.enter(signal);
    const { session } = this;
    if (turn !== undefined || session === undefined || this.hold.isSet)
      return this.runLater(turn, signal, use);
    // Nearly every call takes this way: one promise besides that of the answer.
    return use(session).then(
      (value) => {
        this.gate.leave();
        return this.noteSuccess(value);
      },
      (error: unknown) => this.recover(session, error, signal, use).finally(() => this.gate.leave()),
    );
  }

  /** Throws when the server does not answer. */
  async check(): Promise<void> {
    this.hold.check(this.lastError);
    const signal = AbortSignal.timeout(this.options.pingTimeoutMs);
    const { mcp } = await this.current(signal);
    await mcp.ping(signal);
  }

  /** Ends the connection for good. Resolves once the server is gone. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const reason = externalError('PEER_LOST', `plugin server ${this.peer} was let go`);
    this.gate.refuseWaiting(reason);
    await this.opening?.catch(() => {});
    if (this.session !== undefined) this.endSession(this.session.mcp, reason);
    await Promise.all(this.ending);
  }

  private async runLater<Value>(
    turn: Promise<void> | undefined,
    signal: CancelSignal | undefined,
    use: (session: PeerSession) => Promise<Value>,
  ): Promise<Value> {
    // Who is refused a turn has none to give back.
    if (turn !== undefined) await turn;
    try {
      this.hold.check(this.lastError);
      const session = await this.current(signal);
      try {
        return this.noteSuccess(await use(session));
      } catch (error) {
        return await this.recover(session, error, signal, use);
      }
    } finally {
      this.gate.leave();
    }
  }

  /** Tries once more on a new session where that can help. */
  private async recover<Value>(
    session: PeerSession,
    error: unknown,
    signal: CancelSignal | undefined,
    use: (session: PeerSession) => Promise<Value>,
  ): Promise<Value> {
    if (!TransportError.is(error, 'SESSION_GONE') || !this.spec.replays)
      throw this.noteFailure(session, error);
    this.endSession(session.mcp, toPeerError(this.peer, error));
    // The server works, it has only forgotten us: no wait.
    this.retryAt = 0;
    const renewed = await this.current(signal);
    try {
      return this.noteSuccess(await use(renewed));
    } catch (secondError) {
      throw this.noteFailure(renewed, secondError);
    }
  }

  private current(signal: CancelSignal | undefined): Promise<PeerSession> {
    if (this.session !== undefined) return Promise.resolve(this.session);
    if (this.isClosed) {
      return Promise.reject(externalError('PEER_UNREACHABLE', `plugin server ${this.peer} was let go`));
    }
    if (this.opening === undefined && performance.now() < this.retryAt) {
      const cause = this.lastError;
      const why = cause === undefined ? '' : `: ${cause.message}`;
      return Promise.reject(
        externalError(
          'PEER_UNREACHABLE',
          `there is no connection to plugin server ${this.peer}${why}`,
          cause,
        ),
      );
    }
    return waitFor(this.open(), signal);
  }

  private open(): Promise<PeerSession> {
    clearTimeout(this.timer);
    this.opening ??= this.openNow().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async openNow(): Promise<PeerSession> {
    const { options, spec, peer } = this;
    const { transport, lastWords, ...kind } = createTransport(spec, options);
    const mcp: McpSession = new McpSession(transport, {
      peer,
      maxDepth: options.maxDepth,
      ...kind,
      onEnd: (error) => this.onEnd(mcp, error),
      onComplaint: (error) => options.logger.warn(describeError(error), { peer }),
    });
    try {
      const signal = AbortSignal.timeout(options.startTimeoutMs);
      await mcp.open(clientVersion, signal);
      const dialect = detectDialect(await mcp.listTools(signal), options.hooks);
      if (dialect === undefined) {
        throw externalError(
          'PEER_NOT_A_PLUGIN_SERVER',
          `${peer} is an MCP server, but no plugin server: it has neither the tool invoke_hook nor one named like a hook`,
        );
      }
      const session = { mcp, dialect };
      this.session = session;
      this.gate.setProbation(this.failures > 0);
      return session;
    } catch (error) {
      this.endSession(mcp, toPeerError(peer, error));
      // What the server said last is complete only when it is gone.
      if (kind.isStream)
        await Promise.race([...this.ending, new Promise((resolve) => setTimeout(resolve, 500))]);
      throw this.noteUnreachable(error, lastWords());
    }
  }

  private noteUnreachable(error: unknown, lastWords: string): FrameworkError {
    const failure = FrameworkError.is(error, 'PEER_NOT_A_PLUGIN_SERVER')
      ? error
      : externalError(
          'PEER_START_FAILED',
          `plugin server ${this.peer} did not start: ${describeError(toPeerError(this.peer, error))}${
            lastWords === '' ? '' : `; ${lastWords}`
          }`,
          error,
        );
    this.lastError = failure;
    this.hold.begin(retryAfterMsOf(error));
    this.retryLater();
    return failure;
  }

  /** A session ended by itself. */
  private onEnd(mcp: McpSession, error: FrameworkError): void {
    if (this.session?.mcp !== mcp) return;
    const wasHealthy = this.failures === 0;
    this.session = undefined;
    this.lastError = error;
    this.options.logger.warn(error.message, { peer: this.peer });
    this.retryLater();
    // A server that has worked until now is back soonest when nobody waits first.
    if (wasHealthy && !this.isClosed) this.openInBackground();
  }

  private endSession(mcp: McpSession, reason: FrameworkError): void {
    const ended = mcp.close(reason).catch((error: unknown) => {
      this.options.logger.warn(`plugin server ${this.peer} did not end: ${describeError(error)}`);
    });
    this.ending.add(ended);
    void ended.then(() => this.ending.delete(ended));
  }

  private retryLater(): void {
    this.failures++;
    const { longestDelayMs, random } = this.options;
    const backoff = backoffMs(this.failures, {
      firstMs: this.spec.reconnectDelayMs,
      longestMs: longestDelayMs,
      random,
    });
    const delay = Math.max(backoff, this.hold.leftMs);
    this.retryAt = performance.now() + delay;
    clearTimeout(this.timer);
    if (this.isClosed) return;
    this.timer = setTimeout(() => this.openInBackground(), delay).unref();
  }

  private openInBackground(): void {
    if (this.isClosed || this.session !== undefined) return;
    const before = this.lastError?.message;
    this.open().catch((error: unknown) => {
      // The same reason again and again is worth one line.
      const message = describeError(error);
      this.options.logger[message === before ? 'debug' : 'warn'](message, { peer: this.peer });
    });
  }

  private noteSuccess<Value>(value: Value): Value {
    this.unanswered = 0;
    if (this.failures > 0) {
      this.failures = 0;
      this.gate.setProbation(false);
    }
    return value;
  }

  private noteFailure({ mcp }: PeerSession, error: unknown): FrameworkError {
    const failure = toPeerError(this.peer, error);
    const retryAfterMs = retryAfterMsOf(failure);
    if (retryAfterMs !== undefined) {
      this.failures++;
      this.lastError = failure;
      this.hold.begin(retryAfterMs);
      this.gate.setProbation(true);
    } else if (failure.code === 'REMOTE_PLUGIN_ERROR') this.noteSuccess(undefined);
    else if (failure.code === 'PLUGIN_TIMEOUT') {
      const reason = `plugin server ${this.peer} does not answer; it is made anew`;
      this.noteUnanswered(mcp, externalError('PEER_LOST', reason), true);
    } else if (failure.code === 'PEER_LOST') this.noteUnanswered(mcp, failure, false);
    return failure;
  }

  /** One that takes too long may only be slow, and a connection can break; one that says nothing, again and again, is made anew. */
  private noteUnanswered(mcp: McpSession, reason: FrameworkError, isOnlyLate: boolean): void {
    this.unanswered++;
    if (mcp.endedBy !== undefined) return;
    if (this.unanswered >= this.options.maxTimeouts || this.failures > 0) {
      this.unanswered = 0;
      this.endSession(mcp, reason);
      return;
    }
    if (!isOnlyLate) return;
    mcp.ping(AbortSignal.timeout(this.options.pingTimeoutMs)).catch((error: unknown) => {
      if (!FrameworkError.is(error, 'REMOTE_PLUGIN_ERROR')) this.endSession(mcp, reason);
    });
  }
}
