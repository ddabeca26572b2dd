import dns from 'node:dns';
import { createServer, type AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  startHttpFaultServer,
  startSseFaultServer,
  startVanishingProxy,
  startWebSocketFaultServer,
} from '../../src/index.js';
import { errorCodeOf, startHost } from '../support/start-host.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const protocols = [
  ['STREAMABLEHTTP', startHttpFaultServer],
  ['SSE', startSseFaultServer],
  ['WEBSOCKET', startWebSocketFaultServer],
] as const;

describe('a plugin server that asks to be left alone', () => {
  it.each(['too-many-requests', 'unavailable'])(
    'X44 gets no request before that time (%s), and then one at a time until one goes well',
    async (fault) => {
      await using server = await startHttpFaultServer();
      const mcp = { proto: 'STREAMABLEHTTP', url: server.url };
      await using host = await startHost(mcp, { config: { timeout: 60 } });
      await host.call();
      vi.useFakeTimers({ toFake: ['performance'] });
      const callAll = async (first: object) =>
        (await Promise.all([host.call({ ...first }), ...Array.from({ length: 20 }, () => host.call())])).map(
          (outcome) => (outcome.continueProcessing ? 'went on' : errorCodeOf(outcome)),
        );
      const refused = Array.from({ length: 21 }, () => 'PEER_UNAVAILABLE');

      await host.call({ fault });
      const { length } = server.requests;
      vi.advanceTimersByTime(990);
      expect(await callAll({})).toEqual(refused);
      expect(server.requests).toHaveLength(length);

      vi.advanceTimersByTime(20);
      expect(await callAll({ fault })).toEqual(refused);
      expect(server.requests).toHaveLength(length + 1);

      vi.advanceTimersByTime(1010);
      expect(await callAll({})).toEqual(refused.map(() => 'went on'));
    },
  );
});

describe('a plugin server whose machine vanishes', () => {
  it.each(protocols)(
    'X12 over %s without a word: the deadline ends the call, and a new connection carries the next',
    async (proto, start) => {
      const keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive');
      await using server = await start();
      await using proxy = await startVanishingProxy(server.port);
      const url = server.url.replace(`:${server.port}`, `:${proxy.port}`);
      await using host = await startHost({ proto, url }, { config: { timeout: 0.2 }, pingTimeoutMs: 200 });
      await host.call();
      expect(keepAlive).toHaveBeenCalledWith(true, 15_000);
      const before = proxy.connections;
      proxy.vanish();
      expect(errorCodeOf(await host.call())).toBe('PLUGIN_TIMEOUT');
      await host.callUntilGood();
      expect(proxy.connections).toBeGreaterThan(before);
    },
  );
});

describe('a plugin server whose name is looked up', () => {
  type Lookup = (host: string, options: unknown, callback: (...result: unknown[]) => void) => void;

  /** Answers look-ups of `guards.test` with this machine, while it knows the name. */
  function nameService() {
    const real = dns.lookup as unknown as Lookup;
    const state = { known: true, lookups: 0 };
    const lookup: Lookup = (host, options, callback) => {
      if (host !== 'guards.test') return real(host, options, callback);
      state.lookups++;
      const failure = Object.assign(new Error('getaddrinfo ENOTFOUND guards.test'), { code: 'ENOTFOUND' });
      const found = (options as { all?: boolean }).all
        ? [null, [{ address: '127.0.0.1', family: 4 }]]
        : [null, '127.0.0.1', 4];
      setImmediate(() => callback(...(state.known ? found : [failure])));
    };
    vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
    return state;
  }

  it.each(protocols)('X23 over %s: a connection that is open does not ask again', async (proto, start) => {
    const names = nameService();
    await using server = await start();
    const url = server.url.replace('127.0.0.1', 'guards.test');
    await using host = await startHost({ proto, url });
    const { lookups } = names;
    names.known = false;
    for (let calls = 0; calls < 20; calls++) expect((await host.call()).continueProcessing).toBe(true);
    expect(names.lookups).toBe(lookups);
  });

  it.each(protocols)('X23 over %s: a name that comes and goes blocks meanwhile', async (proto, start) => {
    const names = nameService();
    await using server = await start();
    const url = server.url.replace('127.0.0.1', 'guards.test');
    await using host = await startHost({ proto, url, reconnect_delay: 0.02 });
    for (let cycle = 0; cycle < 3; cycle++) {
      names.known = false;
      await server.stop();
      await server.restart();
      await expect.poll(async () => (await host.call()).violation?.code).toBe('PLUGIN_ERROR');
      const outcome = await host.call();
      expect(outcome.continueProcessing).toBe(false);
      names.known = true;
      await host.callUntilGood();
    }
  });
});

describe('a plugin server that goes up and down', () => {
  it.each([
    ['STREAMABLEHTTP', 'http'],
    ['SSE', 'http'],
    ['WEBSOCKET', 'ws'],
  ])('X28 over %s: 20 000 calls while it is down make a handful of attempts', async (proto, scheme) => {
    const start = protocols.find(([name]) => name === proto)?.[1] ?? startHttpFaultServer;
    await using server = await start();
    await using host = await startHost(
      { proto, url: `${scheme}://127.0.0.1:${server.port}/mcp` },
      { random: () => 0, longestDelayMs: 60_000 },
    );
    await host.call();
    await server.stop();
    // On the same port: whoever comes is counted and cut off.
    let attempts = 0;
    const slammed = createServer((socket) => {
      attempts++;
      socket.resetAndDestroy();
    });
    await new Promise<void>((resolve) => slammed.listen(server.port, '127.0.0.1', resolve));
    expect((slammed.address() as AddressInfo).port).toBe(server.port);
    const startedAt = performance.now();
    const before = process.cpuUsage();
    let letThrough = 0;
    for (let calls = 0; calls < 20_000; calls++) {
      if ((await host.call()).continueProcessing) letThrough++;
      if (calls % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const elapsedMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(before);
    console.log(
      `X28: ${attempts} attempts and ${Math.round((user + system) / 20_000)} µs of CPU a call in ${Math.round(elapsedMs)} ms`,
    );
    expect(letThrough).toBe(0);
    // Waits of 100, 200, 400 ms and so on: so many fit into the time, and what it took to see that the server is gone.
    expect(attempts).toBeLessThanOrEqual(Math.ceil(Math.log2(1 + elapsedMs / 100)) + 6);
    await new Promise((resolve) => slammed.close(resolve));
    await server.restart();
  });
});
