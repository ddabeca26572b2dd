import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stdioFaultServer } from '../../src/index.js';
import { isAlive, startHost } from '../support/start-host.js';

describe('a plugin server over stdio', () => {
  it('X27 X32 is killed 100 times: no orphan stays, no file descriptor is lost, the next good call comes', async () => {
    await using host = await startHost(stdioFaultServer());
    const { pid: first } = (await host.call()).metadata;
    process.kill(Number(first), 'SIGKILL');
    await host.callUntilGood();
    const pids = new Set<unknown>();
    const before = openDescriptors();
    for (let cycle = 0; cycle < 100; cycle++) {
      const { pid } = (await host.callUntilGood()).metadata;
      pids.add(pid);
      process.kill(Number(pid), 'SIGKILL');
      await host.call();
    }
    const { pid: last } = (await host.callUntilGood()).metadata;
    expect(pids.size).toBe(100);
    expect([...pids].filter(isAlive)).toEqual([]);
    expect(isAlive(last)).toBe(true);
    expect(openDescriptors()).toBe(before);
  }, 120_000);
});

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}
