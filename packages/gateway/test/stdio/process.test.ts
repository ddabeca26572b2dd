import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../fixtures/run-gateway.mjs', import.meta.url));
const server = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]) => ({ code: code as number | null, stdout, stderr }),
  );
  return { child, ended };
}

const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}\n';

describe('a program around serveStdio', () => {
  it('writes nothing but protocol to stdout, passes stderr through, and exits with 0 at the end of stdin', async () => {
    const { child, ended } = run(process.execPath, server, 'garbage');
    child.stdin?.end(ping);
    expect(await ended).toEqual({ code: 0, stdout: '{"jsonrpc":"2.0","id":1,"result":{}}\n', stderr: '' });
  });

  it('exits with 1 when the server ends, and says how', async () => {
    const { child, ended } = run(process.execPath, server, 'die', '4');
    child.stdin?.write(ping);
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, error: { code: -32000 } });
    expect(stderr).toContain('disk full\nserver "under-test" ended with exit code 4');
  });

  it('exits with 1 when the server cannot be started', async () => {
    const { ended } = run('no-such-server');
    expect(await ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^UPSTREAM_START_FAILED/) as string,
    });
  });

  it('ends the server on SIGTERM', async () => {
    const { child, ended } = run(process.execPath, server, 'echo');
    child.stdin?.write(ping);
    if (child.stdout !== null) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });
});
