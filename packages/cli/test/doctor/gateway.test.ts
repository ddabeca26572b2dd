import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';
import { fixtures } from '../support/run-process.js';

const guard = `
import { definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'guard', hooks: () => ({
  tool_pre_invoke: () => { throw new Error('called'); },
  prompt_pre_fetch: () => { throw new Error('called'); },
}) });
`;
const server = { command: 'node', args: [path.join(fixtures, 'raw-server.mjs'), 'mcp', '-'] };

interface Finding {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly suggestion?: string;
}

/** What `doctor` says of a gateway whose guard has these conditions. */
async function doctor(
  conditions: readonly object[],
  servers: object = { one: server, two: server },
  gateway: object = {},
  ...words: readonly string[]
) {
  const plugins = [{ name: 'guard', kind: './guard.js', conditions }];
  const config = JSON.stringify({ plugins, servers, gateway }, undefined, 1);
  const { run } = cliFolder({ 'guard.js': guard, 'g.json': config });
  const { exitCode, stdout } = await run(['doctor', '-c', 'g.json', '--json', ...words]);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return { exitCode, findings };
}

const of = (findings: readonly Finding[], code: string): readonly Finding[] =>
  findings.filter((finding) => finding.code === code);

describe('mcpplugins doctor, of a gateway', () => {
  it('has nothing to say where every tool and prompt of every server is guarded', async () => {
    expect(await doctor([])).toEqual({ exitCode: 0, findings: [] });
  });

  it('finds a plugin that can never match on any server, as gateway --check does', async () => {
    const { exitCode, findings } = await doctor([{ tools: ['ehco'], prompts: ['reveiw'] }]);
    expect(exitCode).toBe(1);
    expect(of(findings, 'CONDITION_NEVER_MATCHES')).toMatchObject([
      {
        severity: 'error',
        line: 6,
        message: expect.stringMatching(
          /plugin "guard" never runs: .*nothing of "one" \(echo, read_file.*\), "two" \(echo/,
        ) as string,
        suggestion: expect.stringContaining('Correct the names') as string,
      },
    ]);
  });

  it('has a doubt where a plugin matches on some hooks only, and names what nothing guards, by server', async () => {
    const { exitCode, findings } = await doctor([
      { server_ids: ['one'], tools: ['echo'], prompts: ['none'] },
    ]);
    expect(exitCode).toBe(0);
    expect(of(findings, 'CONDITION_NEVER_MATCHES')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('never runs on prompt_pre_fetch') as string },
    ]);
    expect(of(findings, 'UNGUARDED').map(({ message }) => message)).toEqual([
      'nothing guards the tools of "one": read_file',
      'nothing guards the prompts of "one": review',
      'nothing guards the tools of "two": echo, read_file',
      'nothing guards the prompts of "two": review',
    ]);
  });

  it('doubts a server that cannot be reached, and takes for possible what it may have', async () => {
    const { exitCode, findings } = await doctor([{ tools: ['ehco'], prompts: ['review'] }], {
      one: server,
      gone: { command: 'no-such-server' },
      far: { url: 'http://127.0.0.1:1/mcp' },
    });
    expect(exitCode).toBe(0);
    expect(of(findings, 'SERVER_CALL_FAILED').map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', expect.stringContaining('server "gone" cannot be asked what it has: ')],
      ['warning', expect.stringContaining('server "far" cannot be asked what it has: ')],
    ]);
    expect(of(findings, 'CONDITION_NEVER_MATCHES')).toEqual([]);
  });

  it('knows what the gateway knows of who is asking', async () => {
    const byUser = [{ user_patterns: ['ada'] }];
    const auth = { keys: [{ name: 'ada', hash: `sha256:${'0f1e2d3c'.repeat(8)}` }] };
    expect(of((await doctor(byUser)).findings, 'IDENTITY_NOT_SUPPLIED')).toHaveLength(1);
    expect((await doctor(byUser, { one: server }, { auth })).findings).toEqual([]);
  });

  it('lists the hooks of HTTP requests and servers that a plugin is on, and no others', async () => {
    const hooked = guard.replace('prompt_pre_fetch: () => {', 'http_pre_request: () => {');
    const config = JSON.stringify({
      plugins: [{ name: 'guard', kind: './guard.js' }],
      servers: { one: server },
    });
    const { run } = cliFolder({ 'guard.js': hooked, 'g.json': config });
    const { stdout } = await run(['doctor', '-c', 'g.json']);
    expect(stdout).toMatch(/http_pre_request +guard \(enforce\)/);
    expect(stdout).toMatch(/tool_post_invoke +unguarded/);
    expect(stdout).not.toContain('http_post_request');
    expect(stdout).not.toContain('server_pre_register');
  });

  it('finds mistakes in servers, and certificates that are not there', async () => {
    const mistaken = await doctor([], { one: { comand: 'node' } });
    expect([mistaken.exitCode, of(mistaken.findings, 'KEY_UNKNOWN').length]).toEqual([1, 1]);
    const tls = { ca_bundle: 'no-such-file.pem' };
    const { exitCode, findings } = await doctor([], { one: { url: 'https://127.0.0.1:1/mcp', tls } });
    expect([exitCode, of(findings, 'UPSTREAM_TLS_INVALID').length]).toEqual([1, 1]);
  });

  it('looks at no server of the file when it is told which one it is about', async () => {
    const unreachable = { gone: { command: 'no-such-server' } };
    const { findings } = await doctor([], unreachable, {}, '--name', 'one');
    expect(findings).toEqual([]);
  });
});
