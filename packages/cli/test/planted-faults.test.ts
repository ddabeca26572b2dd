import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProjectFolder } from './support/project-folder.js';

const guard = `
import { block, definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({
  name: 'guard',
  hooks: () => ({
    tool_pre_invoke: ({ args }) =>
      JSON.stringify(args).includes('bad') ? block({ code: 'BAD', reason: 'bad' }) : undefined,
  }),
});
`;
const entry = (more: string, kind = './guard.js'): string =>
  `plugins:\n  - { name: guard, kind: ${kind}, ${more} }\n`;
const rawServer = fileURLToPath(new URL('fixtures/raw-server.mjs', import.meta.url));
const echoServer = ['--', 'node', rawServer, 'mcp', '-'];

/** What is wrong, the file that has it, the code that names it, and words of the fix. */
const faults = [
  ['a plugin that is disabled', 'disabled', 'PLUGIN_DISABLED', /another mode/],
  ['a condition that can never match', 'never', 'CONDITION_NEVER_MATCHES', /conditions/i],
  ['a hook that is not implemented', 'hook', 'HOOK_NOT_IMPLEMENTED', /Remove the hook/],
  ['a plugin server that cannot be reached', 'unreachable', 'PEER_START_FAILED', /start the server/i],
  ['a wrong order of priorities', 'order', 'ORDER_LEAKS', /higher `priority`/],
  ['a guard in permissive', 'permissive', 'GUARD_ONLY_WATCHES', /mode: enforce/],
  ['a secret that is not set', 'secret', 'VARIABLE_UNSET', /Set NO_SUCH_SECRET/],
  ['tools whose names shadow each other', 'plain', 'NAME_SHADOWED', /rename|name/i],
] as const;

let project: ProjectFolder;

beforeAll(async () => {
  project = await ProjectFolder.create({
    'guard.js': guard,
    'plain.yaml': entry('priority: 10'),
    'disabled.yaml': entry('mode: disabled'),
    'never.yaml': entry('conditions: [{ tools: [ehco] }]'),
    'hook.yaml': entry('hooks: [tool_post_invoke]'),
    'unreachable.yaml': entry('mcp: { proto: STREAMABLEHTTP, url: "http://127.0.0.1:9/mcp" }', 'external'),
    'order.yaml': `${entry('mode: audit, priority: 10')}  - { name: later, kind: ./guard.js, priority: 50 }\n`,
    'permissive.yaml': entry('mode: permissive'),
    'secret.yaml': entry('config: { key: "${NO_SUCH_SECRET}" }'),
  });
});

afterAll(() => project[Symbol.asyncDispose]());

describe.each([
  ['explain', ['echo', '--args', '{"message":"hello"}']],
  ['doctor', []],
])('%s', (command, words) => {
  it.each(faults)('finds %s and names the fix', async (_fault, file, code, fix) => {
    const server = file === 'plain' ? ['--', 'node', rawServer, 'shadow', '-'] : echoServer;
    const { stdout, stderr } = await project.run([command, ...words, '-c', `${file}.yaml`, ...server]);
    const said = stdout + stderr;
    expect(said).toContain(code === 'PEER_START_FAILED' ? 'ECONNREFUSED' : code);
    expect(said).toMatch(fix);
  });
});
