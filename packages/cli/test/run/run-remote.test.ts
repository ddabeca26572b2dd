import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { recordingTerminal } from '../support/recording-terminal.js';
import { fixtures, RunningCli } from '../support/run-process.js';

interface Call {
  readonly id?: number;
  readonly params?: { readonly arguments?: { readonly message?: string } };
}

const keys: unknown[] = [];
/** Says back what it is told. */
const server = createServer((request, response) => {
  void json(request).then((message) => {
    const { id, params } = message as Call;
    keys.push(request.headers['x-key']);
    const text = params?.arguments?.message ?? '';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } }));
  });
});
let url = '';

beforeEach(async () => {
  keys.length = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('mcpplugins run in front of a server behind a URL', () => {
  it('guards it, and ends with 0 when the client does', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', `${url}?key=secret`);
    cli.callEcho(1, 'hello');
    cli.callEcho(2, 'forbidden');
    expect(await cli.answer(1)).toMatchObject({ result: { content: [{ text: 'hello' }] } });
    expect(await cli.answer(2)).toMatchObject({ result: { isError: true } });
    cli.child.stdin.end();
    expect(await cli.exitCode()).toBe(0);
    expect(cli.stderr).toContain(`guarding ${url} with guard (enforce)`);
    expect(cli.stderr).not.toContain('secret');
    expect(keys).toEqual([undefined]);
  });

  it('takes a server of the configuration, with its headers and its name', async () => {
    process.env['TEST_SERVER_URL'] = url;
    await using cli = new RunningCli('run', '-c', 'remote.yaml', '--server', 'search');
    delete process.env['TEST_SERVER_URL'];
    cli.callEcho(1, 'hello');
    cli.callEcho(2, 'forbidden');
    expect(await cli.answer(1)).toMatchObject({ result: { content: [{ text: 'hello' }] } });
    expect(await cli.answer(2)).toMatchObject({ result: { isError: true } });
    expect(keys).toEqual(['from-the-configuration']);
    cli.child.stdin.end();
    expect(await cli.exitCode()).toBe(0);
  });

  it('tells the client when nobody is there', async () => {
    await using cli = new RunningCli('run', '-c', 'run.yaml', '--', 'http://127.0.0.1:1/mcp');
    cli.callEcho(1, 'hello');
    expect(await cli.answer(1)).toMatchObject({ error: { data: { code: 'UPSTREAM_FAILED' } } });
    expect(cli.stderr).toContain('ECONNREFUSED');
  });

  it.each([
    [
      'a name that the configuration does not have',
      ['--server', 'serch'],
      'did you mean "search"?; it has search',
    ],
    ['a name and a command', ['--server', 'search', '--', 'node', 'x.js'], 'one of them is too many'],
    ['a URL with arguments', ['http://127.0.0.1:1/mcp', '--verbose'], 'takes no arguments'],
    ['half a URL', ['http://'], 'is no URL'],
  ])('starts nothing with %s', async (_what, words, message) => {
    const terminal = recordingTerminal({ cwd: fixtures, env: { TEST_SERVER_URL: url } });
    expect(await runCli(['run', '-c', 'remote.yaml', ...words], terminal)).toBe(2);
    expect(terminal.stderr.text).toContain(message);
    expect(keys).toEqual([]);
  });

  it('says so where the configuration has no servers at all', async () => {
    const terminal = recordingTerminal({ cwd: fixtures });
    expect(await runCli(['run', '-c', 'run.yaml', '--server', 'search'], terminal)).toBe(2);
    expect(terminal.stderr.text).toContain('it has no `servers`');
  });
});
