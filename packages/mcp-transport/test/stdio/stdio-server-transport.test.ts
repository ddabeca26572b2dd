import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../src/received-message.js';
import { StdioServerTransport } from '../../src/stdio/stdio-server-transport.js';

const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

function createTransport(): {
  transport: StdioServerTransport;
  stdin: PassThrough;
  stdout: PassThrough;
  received: ReceivedMessage[];
  errors: unknown[];
} {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const transport = new StdioServerTransport({ stdin, stdout, maxMessageBytes: 100 });
  const received: ReceivedMessage[] = [];
  const errors: unknown[] = [];
  transport.onraw = (message) => received.push(message);
  transport.onerror = (error) => errors.push(error);
  return { transport, stdin, stdout, received, errors };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('StdioServerTransport', () => {
  it('receives lines and sends lines', async () => {
    const { transport, stdin, stdout, received } = createTransport();
    await transport.start();
    stdin.write(`${ping}\n`);
    await turn();
    expect(received.map((one) => one.text)).toEqual([ping]);
    expect(transport.sendText('{"jsonrpc":"2.0","id":1,"result":{}}')).toBe(true);
    await transport.send({ jsonrpc: '2.0', method: 'x' });
    await turn();
    expect(String(stdout.read())).toBe(
      '{"jsonrpc":"2.0","id":1,"result":{}}\n{"jsonrpc":"2.0","method":"x"}\n',
    );
  });

  it('gives parsed messages to onmessage when nobody wants texts', async () => {
    const { transport, stdin } = createTransport();
    const messages: unknown[] = [];
    transport.onraw = undefined;
    transport.onmessage = (message) => messages.push(message);
    await transport.start();
    stdin.write(`${ping}\n`);
    await turn();
    expect(messages).toEqual([{ jsonrpc: '2.0', id: 1, method: 'ping' }]);
  });

  it('reports what is no message, and goes on', async () => {
    const { transport, stdin, received, errors } = createTransport();
    await transport.start();
    stdin.write(`garbage\n{"a":1}\n[${ping}]\n${'x'.repeat(101)}\n${ping}\n`);
    await turn();
    expect(errors).toMatchObject([
      { code: 'MESSAGE_NOT_JSON' },
      { code: 'MESSAGE_NOT_JSON_RPC' },
      { code: 'BATCH_REFUSED' },
      { code: 'MESSAGE_TOO_LARGE' },
    ]);
    expect(received).toHaveLength(1);
  });

  it('receives nothing while it is paused, and all of it later', async () => {
    const { transport, stdin, received } = createTransport();
    await transport.start();
    transport.pause();
    stdin.write(`${ping}\n`);
    await turn();
    expect(received).toHaveLength(0);
    transport.resume();
    await turn();
    expect(received).toHaveLength(1);
  });

  it('leaves the end of its input to whoever wants to know of it', async () => {
    const { transport, stdin, stdout } = createTransport();
    let closed = false;
    transport.onclose = () => {
      closed = true;
    };
    const ended = new Promise<void>((resolve) => {
      transport.oninputend = resolve;
    });
    await transport.start();
    stdin.end();
    await ended;
    expect(closed).toBe(false);
    transport.sendText('{"jsonrpc":"2.0","method":"last"}');
    await transport.close();
    expect(closed).toBe(true);
    expect(String(stdout.read())).toContain('last');
  });

  it('closes at the end of its input otherwise', async () => {
    const { transport, stdin } = createTransport();
    const closed = new Promise<void>((resolve) => {
      transport.onclose = resolve;
    });
    await transport.start();
    stdin.end();
    await closed;
    await expect(transport.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({
      code: 'TRANSPORT_CLOSED',
    });
  });

  it('closes when its output is gone', async () => {
    const { transport, stdout, errors } = createTransport();
    const closed = new Promise<void>((resolve) => {
      transport.onclose = resolve;
    });
    await transport.start();
    stdout.destroy(new Error('EPIPE'));
    transport.sendText('{"jsonrpc":"2.0","method":"x"}');
    await closed;
    expect(errors).toMatchObject([{ code: 'STREAM_FAILED' }]);
  });

  it('starts once', async () => {
    const { transport } = createTransport();
    await transport.start();
    await expect(transport.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});
