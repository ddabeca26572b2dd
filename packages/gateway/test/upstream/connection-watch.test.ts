import {
  createMemoryTransports,
  type MemoryTransport,
  type RequestId,
  TransportError,
  type TransportErrorCode,
} from '@mcpplugins/mcp-transport';
import { describe, expect, it } from 'vitest';
import { ConnectionWatch } from '../../src/upstream/connection-watch.js';
import { UpstreamHealth } from '../../src/upstream/upstream-health.js';

const answer = { jsonrpc: '2.0', id: 1, result: {} };
const refusal = { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no database' } };

/** A watched connection whose other end the test holds, and what the relay got of it. */
class Watched {
  readonly health = new UpstreamHealth(
    ({ state }) => void this.states.push(state),
    () => 0,
  );
  readonly states: string[] = [];
  readonly relayed: unknown[] = [];
  readonly transport: MemoryTransport;
  readonly watch: ConnectionWatch;
  private readonly server: MemoryTransport;

  constructor() {
    [this.transport, this.server] = createMemoryTransports();
    this.transport.onraw = ({ message }) => void this.relayed.push(message);
    this.transport.onerror = ({ message }) => void this.relayed.push(message);
    this.transport.onclose = () => void this.relayed.push('closed');
    const upstream = {
      name: 'files',
      connect: () => this.transport,
      describeEnd: () => 'server "files" ended',
      close: () => {},
    };
    this.watch = new ConnectionWatch(upstream, this.health, this.transport);
  }

  async start(): Promise<void> {
    await Promise.all([this.watch.start(), this.server.start()]);
  }

  async say(message: object): Promise<void> {
    this.server.sendText(JSON.stringify(message));
    await new Promise((resolve) => setImmediate(resolve));
  }

  report(code: TransportErrorCode, { id, httpStatus }: { id?: RequestId; httpStatus?: number } = {}): void {
    this.transport.onerror?.(new TransportError(code, 'secret words', { httpStatus }).withRefused(id));
  }
}

describe('ConnectionWatch', () => {
  it('sees a server that answers, hands everything on, and looks no longer', async () => {
    const one = new Watched();
    const watching = one.transport.onraw;
    await one.start();
    expect(one.health.status).toEqual({ state: 'unknown', sessions: 0, starts: 1, failures: 0 });
    await one.say(answer);
    expect(one.health.status).toEqual({ state: 'ready', sessions: 1, starts: 1, failures: 0 });
    const unwatched = one.transport.onraw;
    expect(unwatched).not.toBe(watching);
    await one.say(answer);
    expect(one.transport.onraw).toBe(unwatched);
    expect(one.relayed).toEqual([answer, answer]);
  });

  it('takes the end of a connection for a failure, unless it is not wanted any more', async () => {
    const [ended, closed] = [new Watched(), new Watched()];
    for (const one of [ended, closed]) {
      await one.start();
      await one.say(answer);
    }
    closed.watch.release();
    for (const one of [ended, closed]) await one.transport.close();
    expect(ended.health.status).toMatchObject({
      state: 'degraded',
      sessions: 0,
      failures: 1,
      lastError: { code: 'UPSTREAM_EXITED', message: 'server "files" ended' },
    });
    expect(closed.health.status).toEqual({ state: 'ready', sessions: 0, starts: 1, failures: 0 });
    expect([ended, closed].map(({ relayed }) => relayed)).toEqual([
      [answer, 'closed'],
      [answer, 'closed'],
    ]);
  });

  it('counts a connection that never opened once, however it tells of it', async () => {
    const one = new Watched();
    await one.start();
    await one.say(refusal);
    one.report('STREAM_FAILED', { id: 1 });
    one.watch.fail({ code: 'UPSTREAM_FAILED', message: 'late' });
    await one.transport.close();
    expect(one.health.status).toMatchObject({
      sessions: 0,
      failures: 1,
      lastError: { code: 'UPSTREAM_FAILED', message: 'it refused the session' },
    });
  });

  it('an error that the server answers a call with is an answer', async () => {
    const one = new Watched();
    await one.start();
    await one.say(answer);
    await one.say(refusal);
    expect(one.states).toEqual(['ready']);
  });

  it('a request that the server could not be given is a failure, and the next message its end', async () => {
    const one = new Watched();
    await one.start();
    await one.say(answer);
    one.report('HTTP_STATUS', { id: 2, httpStatus: 503 });
    one.report('HTTP_STATUS', { id: 3, httpStatus: 503 });
    expect(one.health.status).toMatchObject({
      state: 'degraded',
      sessions: 1,
      failures: 1,
      lastError: { code: 'HTTP_STATUS', message: 'it answered with HTTP 503' },
    });
    await one.say(refusal);
    expect(one.states).toEqual(['ready', 'degraded', 'ready']);
    expect(JSON.stringify(one.health.status)).not.toContain('secret');
  });

  it.each([
    ['MESSAGE_NOT_JSON', {}],
    ['MESSAGE_TOO_LARGE', { id: 2 }],
    ['HTTP_STATUS', { id: 2, httpStatus: 400 }],
    ['HTTP_STATUS', { httpStatus: 503 }],
    ['STREAM_LOST', {}],
  ] as const)('%s %j does not make a server degraded that is there', async (code, what) => {
    const one = new Watched();
    await one.start();
    await one.say(answer);
    one.report(code, what);
    expect(one.states).toEqual(['ready']);
  });

  it('says why a connection ended, if that was reported', async () => {
    const one = new Watched();
    await one.start();
    await one.say(answer);
    one.report('SESSION_GONE');
    await one.transport.close();
    expect(one.health.status).toMatchObject({
      failures: 1,
      lastError: { code: 'SESSION_GONE', message: 'it no longer knows the session' },
    });
  });

  it('passes on why a connection cannot be started, and keeps its words to itself', async () => {
    const one = new Watched();
    one.transport.start = () =>
      Promise.reject(new TransportError('COMMAND_NOT_FOUND', 'no command "/secret"'));
    await expect(one.watch.start()).rejects.toThrow('/secret');
    expect(one.health.status).toMatchObject({
      starts: 1,
      failures: 1,
      lastError: { code: 'COMMAND_NOT_FOUND', message: 'its command does not exist' },
    });
  });
});
