import { fileURLToPath } from 'node:url';
import type { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServeStdioOptions } from '../../src/stdio/serve-stdio.js';
import { type StartedGateway, startGateway } from '../support/start-stdio.js';

const server = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const open: StartedGateway[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ gateway }) => gateway.close()));
});

async function start(
  args: readonly string[],
  options: Partial<ServeStdioOptions> = {},
): Promise<StartedGateway> {
  const started = await startGateway([server, ...args], [{ tool_pre_invoke: () => undefined }], options);
  open.push(started);
  return started;
}

async function nextLine(stream: PassThrough): Promise<unknown> {
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk !== null) {
      const text = String(chunk);
      const end = text.indexOf('\n');
      if (end + 1 < text.length) stream.unshift(Buffer.from(text.slice(end + 1)));
      return JSON.parse(text.slice(0, end));
    }
    await new Promise((resolve) => stream.once('readable', resolve));
  }
}

describe('a server that fails', () => {
  it('after it died, every request in flight has an error and the gateway ends with 1', async () => {
    const { gateway, stdin, stdout } = await start(['die', '3']);
    stdin.write('{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"t"}}\n');
    expect(await nextLine(stdout)).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      error: {
        code: -32000,
        message: 'server "test-server" ended with exit code 3',
        data: { code: 'UPSTREAM_EXITED', upstream: 'test-server' },
      },
    });
    expect(await gateway.closed).toEqual({
      reason: 'upstream-failed',
      exitCode: 1,
      message: 'server "test-server" ended with exit code 3; its last words:\ndisk full',
    });
  });

  it('when it ends at once, its last words say why', async () => {
    const { gateway } = await start(['exit', '0']);
    expect(await gateway.closed).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('cannot open the database') as string,
    });
  });

  it('when it cannot be started, nothing starts', async () => {
    await expect(startGateway([], [], { command: 'no-such-server' })).rejects.toMatchObject({
      code: 'UPSTREAM_START_FAILED',
      message:
        'server "test-server": there is no command "no-such-server": check its spelling and the PATH, or give its whole path',
    });
  });

  it('when it writes garbage, the garbage is reported and never reaches the client', async () => {
    const { stdin, stdout, logged } = await start(['garbage']);
    stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(await nextLine(stdout)).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
    expect(logged).toEqual([
      'server "test-server": TransportError: not JSON: debug: got 1',
      'server "test-server": TransportError: not a JSON-RPC 2.0 message (`jsonrpc` is not "2.0"): {"level":"info"}',
    ]);
  });

  it('when a message is over the limit, what may wait for it has an error, and the server goes on', async () => {
    const { stdin, stdout } = await start(['large'], { maxMessageBytes: 1000 });
    stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(await nextLine(stdout)).toMatchObject({ id: 1, error: { code: -32603 } });
    stdin.write('{"jsonrpc":"2.0","id":2,"method":"ping"}\n');
    expect(await nextLine(stdout)).toMatchObject({ id: 2, result: { text: 'xxxxx' } });
  });
});

describe('a client', () => {
  it('that sends a message over the limit has an error and goes on', async () => {
    const { stdin, stdout } = await start(['echo'], { maxMessageBytes: 1000 });
    stdin.write(`${'x'.repeat(2000)}\n{"jsonrpc":"2.0","id":2,"method":"ping"}\n`);
    expect(await nextLine(stdout)).toMatchObject({ id: null, error: { code: -32600 } });
    expect(await nextLine(stdout)).toMatchObject({ id: 2 });
  });

  it('that sends a batch has an error', async () => {
    const { stdin, stdout } = await start(['echo']);
    stdin.write('[{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t"}}]\n');
    expect(await nextLine(stdout)).toMatchObject({ id: null, error: { code: -32600 } });
  });

  it('that cancels a call has the server told', async () => {
    const { stdin, stdout } = await start(['echo']);
    stdin.write('{"jsonrpc":"2.0","id":0,"method":"hang"}\n');
    stdin.write('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":0}}\n');
    expect(await nextLine(stdout)).toMatchObject({
      method: 'notifications/seen',
      params: { method: 'notifications/cancelled', params: { requestId: 0 } },
    });
  });

  it('that closes stdin has its last request answered, and the gateway ends with 0', async () => {
    const { gateway, stdin, stdout } = await start(['echo']);
    stdin.end('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(await nextLine(stdout)).toMatchObject({ id: 1 });
    expect(await gateway.closed).toEqual({ reason: 'client-closed', exitCode: 0 });
  });

  it('that closes stdin does not keep a request waiting that is never answered', async () => {
    const { gateway, stdin } = await start(['echo'], { drainMs: 50 });
    stdin.end('{"jsonrpc":"2.0","id":1,"method":"hang"}\n');
    expect(await gateway.closed).toEqual({ reason: 'client-closed', exitCode: 0 });
  });

  it('that is gone ends the gateway', async () => {
    const { gateway, stdin, stdout } = await start(['echo']);
    stdout.destroy();
    stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(await gateway.closed).toEqual({ reason: 'client-closed', exitCode: 0 });
  });
});

describe('serveStdio', () => {
  it('gives the server our environment, what it was given, and its folder', async () => {
    process.env['MCPPLUGINS_TEST_TOKEN'] = 'token';
    try {
      const { stdin, stdout } = await start(['environment'], {
        env: { GIVEN: 'yes' },
        cwd: import.meta.dirname,
      });
      stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
      expect(await nextLine(stdout)).toMatchObject({
        result: {
          environment: { GIVEN: 'yes', MCPPLUGINS_TEST_TOKEN: 'token' },
          folder: import.meta.dirname,
        },
      });
    } finally {
      delete process.env['MCPPLUGINS_TEST_TOKEN'];
    }
  });

  it('ends when it is told to', async () => {
    const { gateway } = await start(['echo']);
    expect(await gateway.close()).toEqual({ reason: 'closed', exitCode: 0 });
  });
});
