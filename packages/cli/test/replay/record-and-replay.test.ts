import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../src/record/recording.js';
import type { Replay } from '../../src/replay/replay.js';
import { ProjectFolder } from '../support/project-folder.js';
import { fixtures, RunningCli } from '../support/run-process.js';

const server = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
);
const bin = path.resolve(fixtures, '../../bin/mcpplugins.js');

/** Refuses some words, masks others, and connects somewhere when it is told to. */
const wordsModule = `
import { connect } from 'node:net';
import { block, definePlugin, modify } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({ refuse: z.array(z.string()), mask: z.array(z.string()), calls: z.boolean().optional() });
export default definePlugin({
  name: 'words',
  settings,
  hooks: ({ settings: { refuse, mask, calls } }) => {
    const guard = (payload, key) => {
      if (calls) connect(9, '127.0.0.1');
      const text = JSON.stringify(payload[key]);
      const found = refuse.find((word) => text.includes(word));
      if (found) return block({ code: 'WORD', reason: 'a word' });
      const masked = mask.reduce((rest, word) => rest.replaceAll(word, '*'), text);
      return masked === text ? undefined : modify({ ...payload, [key]: JSON.parse(masked) });
    };
    return {
      tool_pre_invoke: (payload) => guard(payload, 'args'),
      tool_post_invoke: (payload) => guard(payload, payload.error ? 'error' : 'result'),
    };
  },
});
`;
const config = (settings: object, mode = 'enforce'): string =>
  JSON.stringify({ plugins: [{ name: 'words', kind: './words.js', mode, config: settings }] });
const files = {
  'words.js': wordsModule,
  'a.json': config({ refuse: ['alpha'], mask: ['epsilon'] }),
  'b.json': config({ refuse: ['alpha', 'beta'], mask: ['gamma', 'epsilon'] }),
  'lax.json': config({ refuse: [], mask: ['epsilon'] }),
  'watching.json': config({ refuse: ['alpha'], mask: [] }, 'audit'),
  'connecting.json': config({ refuse: [], mask: [], calls: true }),
  'external.json': JSON.stringify({
    plugins: [
      { name: 'far', kind: 'external', mcp: { proto: 'STREAMABLEHTTP', url: 'http://127.0.0.1:9/mcp' } },
    ],
  }),
  'nonsense.jsonl': '{"recording":1,"started":"x","config":"a"}\n{"call":"one"}\n',
};
const words = ['plain', 'alpha', 'beta', 'gamma', 'epsilon'];
const callCount = 200;

let project: ProjectFolder;
let recording: string;

beforeAll(async () => {
  project = await ProjectFolder.create(files);
  recording = path.join(project.path, 'session.jsonl');
  await using cli = new RunningCli(
    'record',
    '-c',
    path.join(project.path, 'a.json'),
    '-o',
    recording,
    '--name',
    'everything',
    '--',
    'node',
    server,
  );
  cli.send({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
  });
  await cli.answer(0);
  cli.send({ method: 'notifications/initialized' });
  for (let id = 1; id <= callCount; id++) cli.callEcho(id, `${words[id % words.length]} ${id}`);
  await cli.answer(callCount);
  cli.child.stdin.end();
  await cli.exitCode();
});

afterAll(() => project[Symbol.asyncDispose]());

const recorded = (): readonly RecordedCall[] =>
  readFileSync(recording, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as RecordedCall);

/** Replays in a process that may neither connect nor start anything. */
function replay(...more: readonly string[]) {
  const preload = pathToFileURL(path.join(fixtures, 'no-network.mjs')).href;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, bin, 'replay', recording, ...more, '--json'],
    { cwd: project.path, encoding: 'utf8', maxBuffer: 100_000_000 },
  );
  return { status, stderr, stdout, found: stdout === '' ? undefined : (JSON.parse(stdout) as Replay) };
}

describe('record', () => {
  it('keeps every hook call of 200 real calls, for its owner alone', () => {
    const calls = recorded();
    const byHook = (hook: string) => calls.filter((call) => call.hook === hook);
    expect(byHook('tool_pre_invoke')).toHaveLength(callCount);
    // What was blocked has no answer.
    expect(byHook('tool_post_invoke')).toHaveLength(callCount - 40);
    expect(calls.every(({ context }) => context.serverId === 'everything')).toBe(true);
    expect(byHook('tool_pre_invoke')[0]).toMatchObject({
      payload: { name: 'echo', args: { message: 'alpha 1' } },
      outcome: { verdict: 'block', code: 'WORD', plugin: 'words' },
    });
    expect(statSync(recording).mode & 0o777).toBe(0o600);
  });

  it('never overwrites a recording', async () => {
    await using cli = new RunningCli('record', '-c', 'run.yaml', '-o', recording, '--', 'node', server);
    expect(await cli.exitCode()).toBe(2);
    expect(cli.stderr).toContain('OUTPUT_EXISTS');
  });
});

describe('replay', () => {
  it('finds no difference with the configuration that was in force', () => {
    expect(replay('-c', 'a.json')).toMatchObject({
      status: 0,
      stderr: '',
      found: { ok: true, requests: callCount, differences: [] },
    });
  });

  it('finds exactly what another configuration decides differently, and sends nothing anywhere', () => {
    const { status, stderr, found } = replay('-c', 'b.json');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const expected = recorded().flatMap(({ call, hook, payload }) => {
      const text = JSON.stringify(payload);
      const isPre = hook === 'tool_pre_invoke';
      if (text.includes('beta')) return [[call, 'proceed', isPre ? 'block WORD' : 'not reached']];
      const path = isPre ? '/args/message' : '/result/content/0/text';
      return text.includes('gamma') ? [[call, 'proceed', `modify ${path}`]] : [];
    });
    const shown = found?.differences.map(({ call, before, after }) => [
      call,
      before?.verdict,
      after === undefined
        ? 'not reached'
        : [after.verdict, after.code ?? after.changedPaths.join()].join(' '),
    ]);
    expect(shown).toEqual(expected);
    expect(expected).toHaveLength(160);
  });

  it('compares two configurations, and says what a plugin that only watches would block', () => {
    const { status, found } = replay('-c', 'watching.json', '--against', 'lax.json');
    expect(status).toBe(1);
    const pre = found?.differences.filter(({ hook }) => hook === 'tool_pre_invoke') ?? [];
    expect(pre.filter(({ after }) => after?.wouldBlock.includes('words: WORD'))).toHaveLength(40);
    expect(pre.filter(({ before }) => before?.changedPaths.includes('/args/message'))).toHaveLength(40);
  });

  it('says it in words', async () => {
    const { exitCode, stdout } = await project.run(['replay', 'session.jsonl', '-c', 'b.json']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('session.jsonl: 200 requests with 360 hook calls, replayed with b.json');
    expect(stdout).toMatch(
      /#\d+ tool_pre_invoke echo\n {5}recorded {2}proceed\n {5}replayed {2}block {2}WORD {2}by words\n/,
    );
    expect(stdout).toContain('160 calls come out differently, 40 now blocked.');
  });

  it('refuses plugins behind plugin servers: the payloads would be sent to them', () => {
    const { status, stdout, stderr } = replay('-c', 'external.json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'REPLAY_WOULD_SEND', message: expect.stringContaining('far') as string },
    });
    expect(stderr).not.toContain('TRIED TO');
  });

  it('would be caught if it sent anything: a plugin that connects is', () => {
    expect(replay('-c', 'connecting.json').stderr).toContain('TRIED TO CONNECT');
  });

  it('names the line of a recording that is none', async () => {
    const { exitCode, stderr } = await project.run(['replay', 'nonsense.jsonl', '-c', 'a.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nonsense.jsonl:2 is no line of a recording');
  });
});
