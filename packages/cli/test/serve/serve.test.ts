import { afterEach, describe, expect, it } from 'vitest';
import { RunningCli } from '../support/run-process.js';

let running: RunningCli | undefined;
afterEach(() => running?.child.kill('SIGKILL'));

function start(...words: readonly string[]): RunningCli {
  running = new RunningCli(...words);
  return running;
}

describe('mcpplugins serve', () => {
  it('serves over stdio, with nothing but the protocol on stdout, until the host goes', async () => {
    const cli = start('serve', '-c', 'served.yaml');
    cli.send({
      id: 1,
      method: 'tools/call',
      params: { name: 'get_plugin_config', arguments: { name: 'served-guard' } },
    });
    await expect.poll(() => cli.messages.length, { timeout: 10_000 }).toBe(1);
    expect(cli.stdout).toContain('served-guard');
    cli.child.stdin.end();
    await expect.poll(() => cli.child.exitCode, { timeout: 10_000 }).toBe(0);
    expect(cli.stderr).toContain('serving served-guard on stdio');
  });

  it('serves over HTTP and stops at a signal', async () => {
    const cli = start('serve', '-c', 'served.yaml', '--transport', 'http', '--port', '0');
    await expect.poll(() => cli.stderr, { timeout: 10_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/mcp/);
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(cli.stderr) ?? [];
    expect(await (await fetch(`${origin}/health`)).json()).toEqual({ status: 'healthy' });
    cli.child.kill('SIGTERM');
    await expect.poll(() => cli.child.exitCode, { timeout: 10_000 }).toBe(0);
  });

  it.each([
    [['--port', '70000'], 2, 'A port is a number'],
    [['--transport', 'http', '--host', 'no-such-host.invalid'], 1, 'cannot listen on no-such-host.invalid'],
  ])('refuses %j', async (words, exitCode, message) => {
    const cli = start('serve', '-c', 'served.yaml', ...words);
    await expect.poll(() => cli.child.exitCode, { timeout: 10_000 }).toBe(exitCode);
    expect(cli.stderr).toContain(message);
  });
});

describe('a configuration with an external plugin', () => {
  it('works on the command line', async () => {
    const cli = start('explain', 'forbidden', '-c', 'external.yaml');
    await expect.poll(() => cli.child.exitCode, { timeout: 15_000 }).not.toBeNull();
    expect(cli.stdout).toContain('blocked by served-guard: not this one (FORBIDDEN)');
  });
});
