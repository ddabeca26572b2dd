import { describe, expect, it } from 'vitest';
import { cliFolder } from './support/cli-folder.js';

const canary = 'CANARY-7b1f';
const env = { SECRET: canary };

/** A plugin whose schema and whose start quote what they were given. */
const talkative = `
import { definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({
  key: z.string().refine((key) => !key.startsWith('bad'), { error: (issue) => 'bad key ' + issue.input }),
  password: z.string().optional(),
});
export default definePlugin({ name: 't', settings, hooks: () => ({ tool_pre_invoke: () => undefined }) });
`;
const entry = (key: string, more = '') =>
  `plugins:\n  - name: t\n    kind: ./t.js\n    config:\n      key: ${key}\n      password: ${canary}\n${more}`;
const files = {
  't.js': talkative,
  'good.yaml': entry('"${SECRET}"'),
  'refused.yaml': entry('"bad ${SECRET}"'),
  'unknown.yaml': entry('"${SECRET}"', `    api_token: ${canary}\n    mdoe: "\${SECRET}"\n`),
  'broken.yaml': entry('"${SECRET}', `      token: [${canary}\n`),
  'kind.yaml': entry('x').replace('./t.js', '"./${SECRET}.js"'),
  'url.yaml': `plugins: [{ name: t, kind: external, mcp: { proto: SSE, url: "http://me:${canary}@h/" } }]\n`,
  'over.yaml': `plugins: [{ name: t, mode: audit, config: { password: "\${SECRET}" } }]\n`,
  'locked.yaml': entry('"${SECRET}"', '    locked: true\n'),
  'payload.json': `{ "name": "echo", "args": { "token": "${canary}" } }`,
  'clients.json': `{ "mcpServers": { "s": { "command": "node", "env": { "TOKEN": "${canary}" } } } }`,
  'recording.jsonl':
    `${JSON.stringify({ recording: 1, started: 'x', config: 'c' })}\n` +
    `${JSON.stringify({
      call: 1,
      request: 'r',
      time: 't',
      context: { metadata: {} },
      hook: 'tool_pre_invoke',
      payload: { name: 'echo', args: { token: canary } },
      outcome: { verdict: 'modify', changedPaths: ['/args'], wouldBlock: [] },
    })}\n`,
  'old.yaml': `plugins: [{ name: a, kind: external, mcp: { proto: sse, url: "{{ env.SECRET }}" } }]\n`,
};

const lines: readonly (readonly string[])[] = [
  ...['good', 'refused', 'unknown', 'broken', 'kind', 'url'].flatMap((name) => [
    ['validate', `${name}.yaml`],
    ['validate', `${name}.yaml`, '--json'],
    ['print-config', '-c', `${name}.yaml`, '--origins'],
    ['print-config', '-c', `${name}.yaml`, '--json'],
    ['plan', 'echo', '-c', `${name}.yaml`],
    ['explain', 'echo', '-c', `${name}.yaml`, '--json'],
    ['explain', 'echo', '-c', `${name}.yaml`],
    ['doctor', '-c', `${name}.yaml`],
    ['doctor', '-c', `${name}.yaml`, '--json'],
    ['list', '-c', `${name}.yaml`],
    ['invoke', 'tool_pre_invoke', '-c', `${name}.yaml`, '--payload', 'no-payload.json'],
    ['remove', 'absent', '-c', `${name}.yaml`],
    ['demo', '-c', `${name}.yaml`, '--json'],
    ['gateway', '-c', `${name}.yaml`, '--port', '0', '--log-level', 'debug'],
    ['replay', 'recording.jsonl', '-c', `${name}.yaml`, '--json'],
    ['record', '-c', `${name}.yaml`, '-o', 'recorded.jsonl', '--', 'no-such-command-anywhere'],
    ['serve', '-c', `${name}.yaml`, '--transport', 'http', '--host', '192.0.2.1'],
    ['run', '-c', `${name}.yaml`, '--log-level', 'debug', '--', 'no-such-command-anywhere'],
  ]),
  ['validate', 'locked.yaml', '--overlay', 'over.yaml'],
  ['print-config', '-c', 'good.yaml', '--overlay', 'over.yaml', '--origins'],
  // The outcome is the payload, which `--json` prints on purpose; the text names paths.
  ['add', '@acme/absent', '-c', 'refused.yaml'],
  ['init', 'good.yaml'],
  ['info', 't'],
  ['wrap', '--json'],
  ['unwrap'],
  ['verify', `http://me:${canary}@127.0.0.1:9/mcp`],
  ['schema'],
  ['migrate', 'old.yaml', '-o', '-'],
  ['migrate', 'old.yaml', '-o', '-', '--json'],
];

describe('no secret', () => {
  it.each(lines)('is in the output of: %s %s %s %s %s', async (...words) => {
    const { stdout, stderr, exitCode } = await cliFolder(files).run(words, env);
    expect(stdout + stderr).not.toContain(canary);
    expect(stdout.length + stderr.length).toBeGreaterThan(0);
    expect([0, 1, 2]).toContain(exitCode);
  });
});
