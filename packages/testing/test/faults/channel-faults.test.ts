import { describe, expect, it } from 'vitest';
import { type FaultServer, startSseFaultServer, startWebSocketFaultServer } from '../../src/index.js';
import { errorCodeOf, startHost } from '../support/start-host.js';

interface Subject {
  readonly proto: string;
  readonly start: () => Promise<FaultServer>;
}

describe.each<Subject>([
  { proto: 'sse', start: startSseFaultServer },
  { proto: 'WebSocket', start: startWebSocketFaultServer },
])('a plugin server over $proto that misbehaves in a call', ({ proto, start }) => {
  it.each([
    ['X5 answers with another id', 'wrong-id', 'PEER_PROTOCOL'],
    ['X6 answers with a null result', 'null-result', 'PEER_PROTOCOL'],
    ['X6 answers with result and error both', 'both-result-and-error', 'PEER_PROTOCOL'],
    ['X6 answers with content that is no array', 'content-no-array', 'WIRE_INVALID'],
    ['X8 ends the stream without an answer', 'ends', 'PEER_LOST'],
    ['X10 resets the connection', 'cut', 'PEER_LOST'],
    ['X14 answers with 100 MB', 'huge', 'PEER_RESPONSE_TOO_LARGE'],
    ['X15 answers with JSON that is nested 20 000 deep', 'deep', 'PAYLOAD_TOO_LARGE'],
    ['X21 sends 50 000 notifications', 'many-notifications', 'PEER_PROTOCOL'],
    ['answers with a JSON-RPC error', 'rpc-error', 'REMOTE_PLUGIN_ERROR'],
  ])('%s: blocks at once in enforce, and the next good call goes through', async (_, fault, code) => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url }, { config: { timeout: 60 } });
    const outcome = await host.call({ fault });
    expect(outcome.continueProcessing).toBe(false);
    expect(errorCodeOf(outcome)).toBe(code);
    await host.callUntilGood();
  });

  it.each([
    ['X11 never answers', 'silence'],
    ['X11 sends a byte at a time', 'slow-loris'],
    ['X6 answers without an id', 'no-id'],
    ['X33 stops in the middle of a message', 'half-line'],
  ])('%s: blocks at the deadline of the whole call, and a later call goes through', async (_, fault) => {
    await using server = await start();
    const options = { config: { timeout: 0.2 }, pingTimeoutMs: 200 };
    await using host = await startHost({ proto, url: server.url }, options);
    expect(errorCodeOf(await host.call({ fault }))).toBe('PLUGIN_TIMEOUT');
    await host.callUntilGood();
  });

  it.each([
    ['X7 the same answer three times: the first counts', 'three-times'],
    ['X9 X31 garbage before the answer is passed over', 'garbage'],
    ['X16 __proto__ in an answer changes no prototype', 'prototype'],
  ])('%s', async (_, fault) => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url });
    expect((await host.call({ fault })).continueProcessing).toBe(true);
    expect((await host.call()).continueProcessing).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('X19 an answer to an earlier call, which ran out of time, is not taken for the next', async () => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url }, { config: { timeout: 0.2 } });
    await host.call({ fault: 'keep-for-later' });
    const outcome = await host.call({ fault: 'send-late' });
    expect(outcome).toMatchObject({ continueProcessing: true });
    expect(outcome.modifiedPayload).toBeUndefined();
  });

  it('X20 a request for sampling is declined', async () => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url });
    expect((await host.call({ fault: 'sampling' })).metadata).toMatchObject({ refusedWith: -32_601 });
  });

  it('X27 restarts in the middle of a call: that call is blocked at once, a later one goes through', async () => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url }, { config: { timeout: 60 } });
    const waiting = host.call({ fault: 'silence' });
    await new Promise((resolve) => setImmediate(resolve));
    await server.stop();
    expect(errorCodeOf(await waiting)).toBe('PEER_LOST');
    expect((await host.call()).continueProcessing).toBe(false);
    await server.restart();
    await host.callUntilGood();
  });

  it('carries 200 calls at a time', async () => {
    await using server = await start();
    await using host = await startHost({ proto, url: server.url }, { config: { timeout: 60 } });
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => host.call()));
    expect(outcomes.every(({ continueProcessing }) => continueProcessing)).toBe(true);
    expect(server.connections).toBeLessThan(100);
  });
});

describe('a plugin server over sse', () => {
  it('X17 that sends messages elsewhere: nothing goes there, and the host does not start', async () => {
    await using elsewhere = await startSseFaultServer();
    const endpoint = elsewhere.url.replace('/mcp', '/messages?session=s1');
    await using server = await startSseFaultServer({ endpoint });
    const mcp = { proto: 'SSE', url: server.url, auth: { type: 'bearer', token: 'token-1' } };
    await expect(startHost(mcp)).rejects.toThrow(/another origin/);
    expect(elsewhere.connections).toBe(0);
  });
});
