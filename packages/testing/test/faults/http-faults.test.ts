import { describe, expect, it } from 'vitest';
import { startHttpFaultServer } from '../../src/index.js';
import { errorCodeOf, startHost } from '../support/start-host.js';

describe('a plugin server over HTTP that misbehaves in a call', () => {
  it.each([
    ['X2 answers 500 with HTML', 'status-500-html', 'PEER_PROTOCOL'],
    ['X3 answers 200 with HTML', 'html-200', 'PEER_PROTOCOL'],
    ['X4 answers with invalid JSON', 'invalid-json', 'PEER_PROTOCOL'],
    ['X5 answers with another id', 'wrong-id', 'PEER_PROTOCOL'],
    ['X6 answers with a null result', 'null-result', 'PEER_PROTOCOL'],
    ['X8 closes the stream without an answer', 'stream-ends', 'PEER_LOST'],
    ['X10 resets the connection before the answer', 'reset-before', 'PEER_LOST'],
    ['X10 resets the connection inside the answer', 'reset-inside', 'PEER_LOST'],
    ['X13 answers 202 to a request', 'accepted', 'PEER_PROTOCOL'],
    ['X14 answers with 100 MB', 'huge', 'PEER_RESPONSE_TOO_LARGE'],
    ['X15 answers with JSON that is nested 20 000 deep', 'deep', 'PAYLOAD_TOO_LARGE'],
    ['X17 redirects to another host', 'redirect', 'PEER_PROTOCOL'],
    ['X18 answers with a gzip bomb', 'gzip-bomb', 'PEER_PROTOCOL'],
    ['X44 answers 429', 'too-many-requests', 'PEER_UNAVAILABLE'],
    ['X44 answers 503', 'unavailable', 'PEER_UNAVAILABLE'],
    ['X5 answers with another id, in a stream', 'wrong-id-in-stream', 'PEER_PROTOCOL'],
    ['answers 401', 'unauthorized', 'PEER_PROTOCOL'],
  ])('%s: blocks at once in enforce, and the next good call goes through', async (_, fault, code) => {
    await using server = await startHttpFaultServer();
    await using host = await startHost(
      { proto: 'STREAMABLEHTTP', url: server.url },
      { config: { timeout: 60 } },
    );
    const outcome = await host.call({ fault });
    expect(outcome.continueProcessing).toBe(false);
    expect(errorCodeOf(outcome)).toBe(code);
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(host.log.join('\n')).not.toContain('secret');
    await host.callUntilGood();
  });

  it.each([
    ['X11 never answers', 'silence'],
    ['X11 sends headers only', 'headers-only'],
    ['X11 sends a byte at a time', 'slow-loris'],
  ])(
    '%s: blocks at the deadline of the whole call, and the connection is not used again',
    async (_, fault) => {
      await using server = await startHttpFaultServer();
      await using host = await startHost(
        { proto: 'STREAMABLEHTTP', url: server.url },
        { config: { timeout: 0.2 } },
      );
      expect(errorCodeOf(await host.call({ fault }))).toBe('PLUGIN_TIMEOUT');
      await host.callUntilGood();
    },
  );

  it.each([
    ['X7 the same answer three times: the first counts', 'three-times'],
    ['X9 a garbage event before the answer is passed over', 'garbage-event'],
  ])('%s', async (_, fault) => {
    await using server = await startHttpFaultServer();
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: server.url });
    expect((await host.call({ fault })).continueProcessing).toBe(true);
    expect((await host.call()).continueProcessing).toBe(true);
  });

  it('X14 the 100 MB are cut while they come in', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost(
      { proto: 'STREAMABLEHTTP', url: server.url },
      { config: { timeout: 60 }, maxResponseBytes: 1_000_000 },
    );
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    expect(errorCodeOf(await host.call({ fault: 'huge' }))).toBe('PEER_RESPONSE_TOO_LARGE');
    const grownBy = process.memoryUsage().rss - before;
    console.log(`X14: memory grew by ${Math.round(grownBy / 1_048_576)} MiB`);
    expect(grownBy).toBeLessThan(64 * 1_048_576);
  });
});

describe('a plugin server over HTTP that goes and comes back', () => {
  it('X1 has forgotten the session: the call is made again on a new one', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: server.url });
    await host.call();
    server.forgetSessions();
    expect((await host.call()).continueProcessing).toBe(true);
    expect(new Set(server.requests.map((headers) => headers['mcp-session-id']))).toContain('s2');
  });

  it('X1 is not called again when reconnect_attempts is 0', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: server.url, reconnect_attempts: 0 });
    server.forgetSessions();
    expect((await host.call()).continueProcessing).toBe(false);
    await host.callUntilGood();
  });

  it('X12 X27 restarts in the middle of a call: that call is blocked, a later one goes through', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost(
      { proto: 'STREAMABLEHTTP', url: server.url },
      { config: { timeout: 60 } },
    );
    const waiting = host.call({ fault: 'silence' });
    await expect.poll(() => server.requests.length).toBeGreaterThan(4);
    await server.stop();
    expect(errorCodeOf(await waiting)).toBe('PEER_LOST');
    expect((await host.call()).continueProcessing).toBe(false);
    await server.restart();
    await host.callUntilGood();
  });

  it('X28 goes up and down: nothing is ever let through without its answer', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: server.url });
    for (let cycle = 0; cycle < 20; cycle++) {
      await server.stop();
      const whileDown = await Promise.all(Array.from({ length: 5 }, () => host.call()));
      expect(whileDown.filter((outcome) => outcome.continueProcessing)).toEqual([]);
      await server.restart();
      expect((await host.callUntilGood()).metadata).toHaveProperty('pid');
    }
  });

  it('works without sessions', async () => {
    await using server = await startHttpFaultServer({ sessions: false });
    await using host = await startHost({ proto: 'STREAMABLEHTTP', url: server.url });
    expect((await host.call()).continueProcessing).toBe(true);
  });
});

describe('a plugin server over HTTP that cannot be reached', () => {
  it('X23 has a name that nobody knows: the host does not start and says why', async () => {
    await expect(
      startHost({ proto: 'STREAMABLEHTTP', url: 'http://no-such-host.invalid/mcp' }),
    ).rejects.toThrow(/no-such-host.invalid/);
  });

  it('X17 gets its own credentials and sends them to nobody else', async () => {
    await using server = await startHttpFaultServer();
    await using host = await startHost({
      proto: 'STREAMABLEHTTP',
      url: server.url,
      auth: { type: 'bearer', token: 'token-1' },
      headers: { 'x-team': 'a' },
    });
    await host.call({ fault: 'redirect' });
    expect(server.requests.every((headers) => headers.authorization === 'Bearer token-1')).toBe(true);
    expect(server.requests[0]?.['x-team']).toBe('a');
    expect(host.log.join('\n')).not.toContain('token-1');
  });
});
