import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonRpcMessage } from '../../src/json-rpc.js';
import {
  StdioClientTransport,
  type StdioClientTransportOptions,
} from '../../src/stdio/stdio-client-transport.js';

const child = fileURLToPath(new URL('../fixtures/child.mjs', import.meta.url));

class Recorder {
  readonly messages: JsonRpcMessage[] = [];
  readonly errors: unknown[] = [];
  readonly closed: Promise<void>;
  private waiting: (() => void) | undefined;

  readonly transport: StdioClientTransport;

  constructor(transport: StdioClientTransport) {
    this.transport = transport;
    transport.onmessage = (message) => {
      this.messages.push(message);
      this.waiting?.();
    };
    transport.onerror = (error) => {
      this.errors.push(error);
    };
    this.closed = new Promise((resolve) => {
      transport.onclose = resolve;
    });
  }

  async next(count = 1): Promise<JsonRpcMessage[]> {
    while (this.messages.length < count) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
      });
    }
    return this.messages.splice(0, count);
  }
}

const open: StdioClientTransport[] = [];

async function start(
  args: readonly string[],
  options: Partial<StdioClientTransportOptions> = {},
): Promise<Recorder> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [child, ...args],
    closeGraceMs: 100,
    ...options,
  });
  open.push(transport);
  const recorder = new Recorder(transport);
  await transport.start();
  return recorder;
}

/** A zombie is not alive: it only waits for an init process that containers often lack. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close()));
});

describe('StdioClientTransport', () => {
  it('talks to a child process', async () => {
    const { transport, next } = await bound(['echo']);
    await transport.send({ jsonrpc: '2.0', id: 'a', method: 'x', params: { text: 'é\n"' } });
    expect(await next()).toEqual([{ jsonrpc: '2.0', id: 'a', result: { echo: { text: 'é\n"' } } }]);
  });

  it('passes no other variables on than the safe and the given ones', async () => {
    process.env['MCPPLUGINS_TEST_SECRET'] = 'secret';
    try {
      const safe = await start(['environment'], { env: { GIVEN: 'yes' } });
      expect(await safe.next()).toMatchObject([{ params: { GIVEN: 'yes', PATH: process.env['PATH'] } }]);
      const all = await start(['environment'], { inherit: 'all' });
      expect(await all.next()).toMatchObject([{ params: { MCPPLUGINS_TEST_SECRET: 'secret' } }]);
      const again = await start(['environment']);
      expect(JSON.stringify(await again.next())).not.toContain('MCPPLUGINS_TEST_SECRET');
    } finally {
      delete process.env['MCPPLUGINS_TEST_SECRET'];
    }
  });

  it('reports what is no message, drops it, and takes batches apart', async () => {
    const recorder = await start(['garbage']);
    expect(await recorder.next(2)).toMatchObject([{ method: 'first' }, { method: 'second' }]);
    expect(recorder.errors).toMatchObject([
      { code: 'MESSAGE_NOT_JSON', message: 'not JSON: Server listening' },
      { code: 'MESSAGE_NOT_JSON_RPC' },
    ]);
  });

  it('says how the child ended and what it wrote last', async () => {
    const { transport, closed } = await start(['exit', '3']);
    await closed;
    expect(transport.exit).toEqual({ code: 3, signal: null });
    expect(transport.lastStderrLines(5)).toBe('cannot open the database');
  });

  it('reads a stderr that nobody wants', async () => {
    const recorder = await start(['stderr-flood'], { closeGraceMs: 15_000 });
    const { transport } = recorder;
    await recorder.next();
    await transport.close();
    expect(transport.lastStderrLines(1)).toBe('last words');
    expect(transport.exit).toEqual({ code: 0, signal: null });
  });

  it('reports a message over the limit and goes on', async () => {
    const recorder = await start(['large', '2000'], { maxMessageBytes: 1000 });
    await recorder.transport.send({ jsonrpc: '2.0', id: 1, method: 'x' });
    expect(await recorder.next()).toMatchObject([{ id: 1 }]);
    expect(recorder.errors).toMatchObject([{ code: 'MESSAGE_TOO_LARGE' }]);
  });

  it('ends a child by the end of its stdin', async () => {
    const { transport, closed } = await start(['echo'], { closeGraceMs: 15_000 });
    await transport.close();
    await closed;
    expect(transport.exit).toEqual({ code: 0, signal: null });
  });

  it('kills a child that ignores the end of its stdin and SIGTERM', async () => {
    const { transport, next } = await bound(['stubborn']);
    await next();
    await transport.close();
    expect(transport.exit).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it.skipIf(process.platform === 'win32')('leaves no grandchild behind', async () => {
    const { transport, next } = await bound(['grandchild']);
    const [message] = await next();
    const { pid } = (message as { readonly params?: { readonly pid?: number } }).params ?? {};
    if (pid === undefined) throw new Error('the fixture sent no pid');
    expect(isAlive(pid)).toBe(true);
    await transport.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('drops what is sent after the end, and refuses send()', async () => {
    const { transport, closed } = await start(['exit', '0']);
    await closed;
    expect(transport.sendText('{}')).toBe(true);
    await expect(transport.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({
      code: 'TRANSPORT_CLOSED',
    });
  });
});

describe('StdioClientTransport that cannot start', () => {
  it('names a command that does not exist', async () => {
    await expect(start([], { command: 'no-such-command-anywhere' })).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
      message: expect.stringContaining('"no-such-command-anywhere"') as string,
    });
  });

  it('names a working directory that does not exist', async () => {
    await expect(start(['echo'], { cwd: '/no/such/folder' })).rejects.toMatchObject({
      code: 'WORKING_DIRECTORY_NOT_FOUND',
      message: 'the working directory "/no/such/folder" does not exist',
    });
  });

  it.skipIf(process.platform === 'win32')('names a command that may not be executed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-transport-'));
    const file = join(folder, 'server.sh');
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o644);
    try {
      await expect(start([], { command: file })).rejects.toMatchObject({ code: 'COMMAND_NOT_EXECUTABLE' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses what no process can be started with', async () => {
    await expect(start(['a\0b'])).rejects.toMatchObject({ code: 'SPAWN_FAILED' });
  });

  it('starts once', async () => {
    const { transport } = await start(['echo']);
    await expect(transport.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});

/** A recorder whose `next` can be taken off it. */
async function bound(
  args: readonly string[],
): Promise<{ transport: StdioClientTransport; next: Recorder['next'] }> {
  const recorder = await start(args);
  return { transport: recorder.transport, next: (count) => recorder.next(count) };
}
