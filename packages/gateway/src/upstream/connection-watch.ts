import { type RawTransport, type ReceivedMessage, TransportError } from '@mcpplugins/mcp-transport';
import type { GatewayErrorCode } from '../errors/error-codes.js';
import type { Upstream } from './create-upstream.js';
import type { UpstreamHealth, UpstreamProblem } from './upstream-health.js';

/** What is said of a failure, by its code: the words of the error itself may name commands, or come from the server. */
const sentences: Readonly<Record<string, string>> = {
  COMMAND_NOT_FOUND: 'its command does not exist',
  COMMAND_NOT_EXECUTABLE: 'its command may not be executed',
  WORKING_DIRECTORY_NOT_FOUND: 'its working folder does not exist',
  SPAWN_FAILED: 'its process could not be started',
  CONNECT_TIMEOUT: 'it did not open the connection in time',
  HTTP_BODY_INVALID: 'it answered with something that is no answer',
  UNAUTHORIZED: 'it wants a login, or other credentials',
  SESSION_GONE: 'it no longer knows the session',
  STREAM_LOST: 'the connection to it was lost',
  STREAM_FAILED: 'the connection to it failed',
  WRITE_BUFFER_FULL: 'it does not read what is sent to it',
};

/** What says nothing about the connection: the server spoke, if not well. */
const spoken: ReadonlySet<string> = new Set([
  'MESSAGE_NOT_JSON',
  'MESSAGE_NOT_JSON_RPC',
  'MESSAGE_TOO_LARGE',
  'BATCH_REFUSED',
]);

/** Of the answers that find fault with a request, those that would be given to any: credentials, address, too much at once. */
const refusesAll: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 429]);

/**
 * Tells the health of a server what becomes of one connection to it. Made when the transport has its callbacks: it goes before
 * them, and no longer looks at messages once the server has answered, until something goes wrong.
 */
export class ConnectionWatch {
  private readonly upstream: Upstream;
  private readonly health: UpstreamHealth;
  private readonly transport: RawTransport;
  private state: 'opening' | 'well' | 'failed' | 'over' = 'opening';
  private isOpen = false;
  private isLooking = false;
  /** What went wrong without any request being lost; it may be why the connection ends. */
  private trouble: unknown;

  constructor(upstream: Upstream, health: UpstreamHealth, transport: RawTransport) {
    this.upstream = upstream;
    this.health = health;
    this.transport = transport;
    const { onerror, onclose } = transport;
    transport.onerror = (error) => {
      this.onError(error);
      onerror?.(error);
    };
    transport.onclose = () => {
      this.onEnd();
      onclose?.();
    };
    this.look();
  }

  /** Starts the transport. @throws TransportError */
  async start(): Promise<void> {
    this.health.noteStart();
    try {
      await this.transport.start();
    } catch (error) {
      this.fail(problemOf(error));
      throw error;
    }
  }

  /** Something went wrong that the transport does not know of. Counts once until the server answers. */
  fail(problem: UpstreamProblem): void {
    if (this.state === 'failed' || this.state === 'over') return;
    this.state = 'failed';
    this.health.noteFailure(problem);
    this.look();
  }

  /** The connection is not wanted any more: its end is no failure. */
  release(): void {
    this.state = 'over';
    if (this.isOpen) this.health.noteClosed();
    this.isOpen = false;
  }

  /** Takes note of the next message, and of that one alone: later ones pass as if nobody watched. */
  private look(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    const { onraw } = this.transport;
    this.transport.onraw = (received) => {
      this.transport.onraw = onraw;
      this.isLooking = false;
      this.onMessage(received);
      onraw?.(received);
    };
  }

  private onMessage({ message }: ReceivedMessage): void {
    if (this.state === 'over') return;
    if (!this.isOpen && 'error' in message) {
      this.fail({ code: 'UPSTREAM_FAILED' satisfies GatewayErrorCode, message: 'it refused the session' });
      this.look();
      return;
    }
    if (!this.isOpen) this.health.noteOpened();
    this.isOpen = true;
    this.state = 'well';
    this.trouble = undefined;
    this.health.noteAnswer();
  }

  private onError(error: Error): void {
    if (!TransportError.is(error) || spoken.has(error.code)) return;
    const { httpStatus: status = 0 } = error;
    if (this.isOpen && status >= 400 && status < 500 && !refusesAll.has(status)) return;
    if (error.refused === undefined) this.trouble = error;
    else this.fail(problemOf(error));
  }

  private onEnd(): void {
    const { upstream, transport, trouble } = this;
    const ended = { code: 'UPSTREAM_EXITED', message: upstream.describeEnd(transport) };
    this.fail(trouble === undefined ? ended : problemOf(trouble));
    this.release();
  }
}

function problemOf(error: unknown): UpstreamProblem {
  if (!TransportError.is(error))
    return { code: 'UPSTREAM_FAILED' satisfies GatewayErrorCode, message: 'it cannot be used' };
  const { code, httpStatus } = error;
  const unknown =
    httpStatus === undefined ? 'the connection to it cannot be used' : `it answered with HTTP ${httpStatus}`;
  return { code, message: sentences[code] ?? unknown };
}
