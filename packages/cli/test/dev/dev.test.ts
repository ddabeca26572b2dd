import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { build, buildCommandOf } from '../../src/dev/build-command.js';
import { dev } from '../../src/dev/dev.js';
import { describeDecision, followDecisions } from '../../src/dev/follow-decisions.js';
import { parseSampleCall } from '../../src/dev/sample-call.js';
import { isSource, watchSource } from '../../src/dev/watch-source.js';
import { styleFor } from '../../src/output/style.js';
import { ProjectFolder } from '../support/project-folder.js';
import { recordingTerminal } from '../support/recording-terminal.js';

const plain = styleFor(recordingTerminal().stdout, {});

function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'dev-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const guard = (code: string) => `
import { block, definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'guard', hooks: () => ({ tool_pre_invoke: ({ args }) =>
  String(args.message).includes('forbidden') ? block({ code: '${code}', reason: 'a word' }) : undefined }) });
`;

describe('mcpplugins dev', () => {
  it('shows decisions of calls, starts anew with changed source, and ends with its input', async () => {
    await using project = await ProjectFolder.create({
      'guard.mjs': guard('FIRST'),
      'mcpplugins.yaml': 'plugins:\n  - { name: guard, kind: ./guard.mjs, mode: enforce }\n',
    });
    const terminal = recordingTerminal({ cwd: project.path, env: process.env });
    const said = (text: string) =>
      vi.waitUntil(() => terminal.stdout.text.includes(text), { timeout: 60_000 });
    const running = dev({ port: 0, command: [] }, terminal);
    await said('From an MCP client');
    terminal.stdin.write('echo hello\necho forbidden\n');
    await said('refused with FIRST');
    expect(terminal.stdout.text).toContain('< Echo: hello');
    await said('tool_pre_invoke echo  guard (enforce)  block FIRST');
    await project.write({ 'guard.mjs': guard('SECOND') });
    await said('started anew');
    terminal.stdin.write('echo {"message":"forbidden"}\necho {\n');
    await said('refused with SECOND');
    await said('the arguments of echo are not JSON');
    terminal.stdin.end();
    expect(await running).toBe(0);
  });

  it('ends with 1 when nothing ever ran, and says why', async () => {
    await using project = await ProjectFolder.create({
      'mcpplugins.yaml': 'plugins:\n  - { name: guard, kind: ./gone.mjs, mode: enforce }\n',
    });
    const terminal = recordingTerminal({ cwd: project.path, env: process.env });
    terminal.stdin.end('echo hello\n');
    expect(await dev({ port: 0, command: [], build: '' }, terminal)).toBe(1);
    expect(terminal.stdout.text).toContain('gone.mjs');
    expect(terminal.stdout.text).toContain('nothing runs that could be called');
  });
});

describe('its parts', () => {
  it('read calls', () => {
    expect(parseSampleCall('echo {"a":1}')).toEqual({ tool: 'echo', args: { a: 1 } });
    expect(parseSampleCall(' echo two words ')).toEqual({ tool: 'echo', args: { message: 'two words' } });
    expect(parseSampleCall('read_note')).toEqual({ tool: 'read_note', args: {} });
    expect(() => parseSampleCall('echo {')).toThrow(FrameworkError);
  });

  it('build as they are told, or by the script of package.json', async () => {
    const folder = emptyFolder();
    expect(buildCommandOf(folder, undefined)).toBeUndefined();
    writeFileSync(path.join(folder, 'package.json'), '{"scripts":{"build":"tsc"}}');
    expect(buildCommandOf(folder, undefined)).toBe('npm run --silent build');
    expect(buildCommandOf(folder, '')).toBeUndefined();
    const { signal } = new AbortController();
    expect(await build('echo built', folder, signal)).toEqual({
      isDone: true,
      output: expect.stringContaining('built'),
    });
    expect(await build('exit 3', folder, signal)).toMatchObject({ isDone: false });
  });

  it.each([
    ['src/index.ts', true],
    ['word_guard.py', true],
    ['mcpplugins.yaml', false],
    ['node_modules/x/index.js', false],
    ['dist/index.js', false],
    ['.git/index', false],
    ['src/.index.ts.swp', false],
  ])('know whether %s is source: %s', (file, expected) => {
    expect(isSource(file, ['mcpplugins.yaml'])).toBe(expected);
  });

  it('see changes also in folders that are made later', async () => {
    const folder = emptyFolder();
    const seen: string[] = [];
    using _watching = watchSource(folder, [], (file) => void seen.push(file));
    mkdirSync(path.join(folder, 'src'));
    await expect.poll(() => seen).toContain('src');
    writeFileSync(path.join(folder, 'src/index.ts'), '');
    await expect.poll(() => seen).toContain(path.join('src', 'index.ts'));
  });

  it('follow decisions that are written in pieces', async () => {
    const file = path.join(emptyFolder(), 'decisions.jsonl');
    const line = JSON.stringify({
      hook: 'h',
      target: 't',
      plugin: 'p',
      mode: 'enforce',
      status: 'ran',
      verdict: 'proceed',
    });
    writeFileSync(file, `${line}\n${line.slice(0, 9)}`);
    const seen: string[] = [];
    using _following = followDecisions(file, plain, (text) => void seen.push(text));
    await vi.waitUntil(() => seen.length === 1);
    appendFileSync(file, `${line.slice(9)}\n`);
    await vi.waitUntil(() => seen.length === 2);
    expect(seen[1]).toBe('  h t  p (enforce)  proceed');
    const skipped = { hook: 'h', plugin: 'p', mode: 'audit', status: 'skipped', reason: 'condition' };
    expect(describeDecision(skipped, plain)).toBe('  h  p (audit)  skipped condition');
  });
});
