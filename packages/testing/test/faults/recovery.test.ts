import { describe, expect, it } from 'vitest';
import { startHttpFaultServer, startSseFaultServer, startWebSocketFaultServer } from '../../src/index.js';
import { startHost } from '../support/start-host.js';

describe.each([
  ['STREAMABLEHTTP', startHttpFaultServer],
  ['SSE', startSseFaultServer],
  ['WEBSOCKET', startWebSocketFaultServer],
] as const)('a plugin server over %s that was down for long', (proto, start) => {
  it('X27 X28 is back: the next good call comes within the longest wait and what it takes to connect', async () => {
    const startedAt = performance.now();
    await using server = await start();
    // Whole waits, no chance: the worst case of the defaults.
    await using host = await startHost({ proto, url: server.url }, { random: () => 0 });
    await host.call();
    const startMs = performance.now() - startedAt;
    await server.stop();
    for (let calls = 0; calls < 5; calls++) await host.call();
    // Until the waits have grown to their longest: 100, 200, 400, 800, 1500 ms.
    const lines = () => host.log.filter((line) => line.includes('did not start')).length;
    await expect.poll(lines, { timeout: 60_000 }).toBeGreaterThan(4);
    await server.restart();
    const backAt = performance.now();
    await host.callUntilGood();
    const tookMs = performance.now() - backAt;
    console.log(
      `X27 X28: over ${proto} the next good call came ${Math.round(tookMs)} ms after the server was back`,
    );
    expect(tookMs).toBeLessThan(2000 + 10 * startMs);
  });
});
