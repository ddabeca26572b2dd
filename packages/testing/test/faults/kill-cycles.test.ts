import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stdioFaultServer } from '../../src/index.js';
import { isAlive, startHost } from '../support/start-host.js';

describe('a plugin server over stdio', () => {
  it('X27 X32 is killed 100 times: no orphan stays, no file descriptor is lost, the next good call comes', async () => {
    const startedAt = performance.now();
    await using host = await startHost(stdioFaultServer());
    const startMs = performance.now() - startedAt;
    const { pid: first } = (await host.call()).metadata;
    process.kill(Number(first), 'SIGKILL');
    await host.callUntilGood();
    const pids = new Set<unknown>();
    const before = openDescriptors();
    let slowestMs = 0;
    for (let cycle = 0; cycle < 100; cycle++) {
      const { pid } = (await host.callUntilGood()).metadata;
      pids.add(pid);
      process.kill(Number(pid), 'SIGKILL');
      const killedAt = performance.now();
      await host.call();
      await host.callUntilGood();
      slowestMs = Math.max(slowestMs, performance.now() - killedAt);
    }
    const { pid: last } = (await host.callUntilGood()).metadata;
    console.log(`X27 X32: the next good call came after ${Math.round(slowestMs)} ms at the latest`);
    expect(slowestMs).toBeLessThan(2000 + 10 * startMs);
    expect(pids.size).toBe(100);
    expect([...pids].filter(isAlive)).toEqual([]);
    expect(isAlive(last)).toBe(true);
    expect(openDescriptors()).toBe(before);
  }, 120_000);
});

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}
