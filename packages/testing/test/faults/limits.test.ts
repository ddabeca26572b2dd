import { describe, expect, it } from 'vitest';
import { faultSubjects } from '../support/fault-subjects.js';
import { errorCodeOf, startHost } from '../support/start-host.js';

/** The most memory that the process has while something goes on, above what it has before. */
async function peakGrowthOf(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 1);
  await work();
  clearInterval(timer);
  return Math.max(peak, process.memoryUsage.rss()) - before;
}

describe.each(faultSubjects)('the limit of an answer over %s', (name, start) => {
  it.each([
    ['X14 an answer of 100 MB', 'huge', 'PEER_RESPONSE_TOO_LARGE'],
    ['X15 an answer that is nested 20 000 deep', 'deep', 'PAYLOAD_TOO_LARGE'],
    ['X11 an answer that comes a byte at a time', 'slow-loris', 'PLUGIN_TIMEOUT'],
  ])('%s ends there: memory is bounded, and the next call goes through', async (what, fault, code) => {
    const { server, mcp } = await start();
    await using _server = server;
    const timeout = fault === 'slow-loris' ? 0.3 : 60;
    await using host = await startHost(mcp, { config: { timeout }, pingTimeoutMs: 200 });
    await host.call();
    const grownBy = await peakGrowthOf(async () => {
      expect(errorCodeOf(await host.call({ fault }))).toBe(code);
    });
    console.log(`${what} over ${name}: memory grew by ${Math.round(grownBy / 1_048_576)} MiB`);
    expect(grownBy).toBeLessThan(80 * 1_048_576);
    await host.callUntilGood();
  });

  it('max_response_bytes of the configuration decides', async () => {
    const { server, mcp } = await start();
    await using _server = server;
    await using host = await startHost({ ...mcp, max_response_bytes: 20_000 }, { config: { timeout: 60 } });
    expect(errorCodeOf(await host.call({ fault: 'deep' }))).toBe('PEER_RESPONSE_TOO_LARGE');
    await host.callUntilGood();
  });
});
