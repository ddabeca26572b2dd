import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stdioFaultServer } from '../../src/index.js';
import { isAlive, startHost } from '../support/start-host.js';

const host = path.join(import.meta.dirname, '../fixtures/host.mjs');

async function firstLine(
  command: string,
  args: readonly string[],
): Promise<{ line: unknown; pid: number | undefined }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { line: JSON.parse(chunk.toString()), pid: child.pid };
}

describe('a host with a plugin server over stdio', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('X39 that is killed leaves no child behind', async () => {
    const { line, pid } = await firstLine(process.execPath, [host, 'wait']);
    const { pid: child } = line as { pid: number };
    expect(isAlive(child)).toBe(true);
    process.kill(Number(pid), 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), 5000);
  });

  it('X43 that runs out of file descriptors blocks meanwhile, and recovers', async () => {
    const { line } = await firstLine('sh', [
      '-c',
      `ulimit -n 256; exec "$0" "$1" descriptors`,
      process.execPath,
      host,
    ]);
    const { blocked, good } = line as { blocked: number; good: boolean };
    expect(blocked).toBeGreaterThan(0);
    expect(good).toBe(true);
  });

  it('X42 does not mind jumps of the clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await using running = await startHost(stdioFaultServer());
    for (const time of ['2100-01-01', '1990-01-01', '2050-06-01']) {
      vi.setSystemTime(time);
      expect((await running.call()).continueProcessing).toBe(true);
    }
    vi.setSystemTime('1980-01-01');
    await running.call({ fault: 'ends' });
    expect((await running.callUntilGood()).metadata).toHaveProperty('pid');
  });
});
