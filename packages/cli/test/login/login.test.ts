import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';
import { type LoginServer, startLoginServer } from '../support/login-server.js';
import { RunningCli } from '../support/run-process.js';

/** A folder with a configuration for the server, and a browser that follows where it is sent. */
function folderFor({ url }: LoginServer) {
  const { folder, run } = cliFolder({
    'plugins.yaml': `plugins: []\nservers:\n  notes:\n    url: ${url}\n    oauth: {}\n  local:\n    command: node\n`,
    'only-local.yaml': 'plugins: []\nservers:\n  local:\n    command: node\n',
    'only-notes.yaml': `plugins: []\nservers:\n  notes:\n    url: ${url}\n    oauth: {}\n`,
    'no-login.yaml': `plugins: []\nservers:\n  notes:\n    url: ${url}\n`,
  });
  const browser = path.join(folder, 'browser.mjs');
  writeFileSync(browser, `#!${process.execPath}\nawait fetch(process.argv[2]);\n`);
  chmodSync(browser, 0o755);
  const tokens = path.join(folder, 'state', 'mcpplugins', 'tokens');
  const env = { BROWSER: browser, XDG_STATE_HOME: path.join(folder, 'state') };
  return { tokens, run: (...words: readonly string[]) => run(words, env) };
}

const check = ['gateway', '-c', 'only-notes.yaml', '--check', '--allow-idle'];

afterEach(() => vi.unstubAllEnvs());

/** A running gateway in front of the server. */
async function startGateway({ url }: LoginServer, auth?: object) {
  const config = { plugins: [], servers: { notes: { url, oauth: {} } }, gateway: { port: 0, auth } };
  const { folder } = cliFolder({ 'g.json': JSON.stringify(config) });
  vi.stubEnv('XDG_STATE_HOME', path.join(folder, 'state'));
  const cli = new RunningCli('gateway', '-c', path.join(folder, 'g.json'), '--no-browser');
  await cli.said('no plugins');
  const [, at = ''] = /(http:\/\/127\.0\.0\.1:\d+\/mcp)\n/.exec(cli.stderr) ?? [];
  const connect = async (headers: Readonly<Record<string, string>> = {}): Promise<Client> => {
    const client = new Client({ name: 't', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(at), { requestInit: { headers } }));
    return client;
  };
  return { cli, connect };
}

describe('mcpplugins run', () => {
  it('lets the person log in at a server behind a URL, and asks nobody the next time', async () => {
    const { url } = await startLoginServer();
    const { folder } = cliFolder({ 'plugins.yaml': 'plugins: []\n' });
    vi.stubEnv('XDG_STATE_HOME', path.join(folder, 'state'));
    const words = ['run', '-c', path.join(folder, 'plugins.yaml'), '--no-browser', url];
    const list = { id: 1, method: 'tools/list' };
    {
      await using cli = new RunningCli(...words);
      cli.send(list);
      await cli.said('/authorize?');
      const [, address = ''] = /^ +(http:\S+)$/m.exec(cli.stderr) ?? [];
      await fetch(address);
      expect(await cli.answer(1)).toMatchObject({ result: { tools: [{ name: 'take_note' }] } });
      expect(cli.stdout).not.toContain('secret');
    }
    await using again = new RunningCli(...words);
    again.send(list);
    expect(await again.answer(1)).toMatchObject({ result: { tools: [{ name: 'take_note' }] } });
    expect(again.stderr).not.toContain('/authorize?');
  });
});

describe('mcpplugins gateway', () => {
  it('lets the person log in whose clients it serves, at the first request', async () => {
    const { cli, connect } = await startGateway(await startLoginServer());
    await using _cli = cli;
    const connecting = connect();
    await cli.said('code_challenge_method=S256');
    await fetch(/http:\S+\/authorize\?\S+/.exec(cli.stderr)?.[0] ?? '');
    const client = await connecting;
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['take_note']);
    await client.close();
    expect(cli.stderr).not.toContain('secret');
  });

  it('asks nobody when it has several users, and says what to do', async () => {
    const { run } = cliFolder({});
    const { stdout } = await run(['key', '--json']);
    const { key, hash } = JSON.parse(stdout) as { readonly key: string; readonly hash: string };
    const { cli, connect } = await startGateway(await startLoginServer(), { keys: [{ name: 'ada', hash }] });
    await using _cli = cli;
    await expect(connect({ authorization: `Bearer ${key}` })).rejects.toThrow('run `mcpplugins login notes`');
    await cli.said('run `mcpplugins login notes`');
    expect(cli.stderr).not.toContain('/authorize?');
  });
});

describe('mcpplugins login', () => {
  it('logs in with the browser, and the gateway has the login until logout', async () => {
    const { tokens, run } = folderFor(await startLoginServer());
    const before = await run(...check);
    expect([before.exitCode, before.stdout]).toEqual([
      1,
      expect.stringContaining('run `mcpplugins login notes`'),
    ]);

    const login = await run('login', 'notes', '-c', 'plugins.yaml');
    expect([login.exitCode, login.stdout]).toEqual([0, 'Logged in at server "notes".\n']);
    expect(login.stderr).toMatch(
      /with a browser on this machine:\n {2}http:\/\/127\.0\.0\.1:\d+\/authorize\?/,
    );
    expect(login.stderr + login.stdout).not.toMatch(/secret/);
    const [file = '', ...others] = readdirSync(tokens);
    expect(others).toEqual([]);
    expect(statSync(path.join(tokens, file)).mode & 0o777).toBe(0o600);

    const after = await run(...check);
    expect([after.exitCode, after.stdout]).toEqual([0, expect.stringContaining('take_note')]);

    expect(await run('logout', '-c', 'plugins.yaml')).toMatchObject({
      exitCode: 0,
      stdout: 'Logged out at server "notes".\n',
    });
    expect(readdirSync(tokens)).toEqual([]);
    expect((await run(...check)).exitCode).toBe(1);
    expect(await run('logout', 'notes', '-c', 'plugins.yaml')).toMatchObject({
      exitCode: 0,
      stdout: 'Nobody was logged in at server "notes".\n',
    });
  });

  it('says why it failed', async () => {
    const server = await startLoginServer();
    server.answer = { error: 'access_denied', error_description: 'not today' };
    const { tokens, run } = folderFor(server);
    const { exitCode, stderr } = await run('login', '-c', 'plugins.yaml');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('the login at server "notes" failed: access was denied: not today'),
    ]);
    expect(() => readdirSync(tokens)).toThrow('ENOENT');
  });

  it.each([
    [['login', 'other', '-c', 'plugins.yaml'], /plugins\.yaml has no server "other"; it has notes, local/],
    [['login', 'local', '-c', 'plugins.yaml'], /nobody logs in at server "local"/],
    [['logout', '-c', 'only-local.yaml'], /only-local\.yaml has no server with `oauth`/],
  ])('is not for %j', async (words, problem) => {
    const { exitCode, stderr } = await folderFor(await startLoginServer()).run(...words);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(problem)]);
  });

  it('is what to do about a server that wants it and has no `oauth`, after that', async () => {
    const { run } = folderFor(await startLoginServer());
    const { exitCode, stdout } = await run('gateway', '-c', 'no-login.yaml', '--check', '--allow-idle');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('configure `oauth` for it')]);
  });
});
