import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, serverCommand } from './support/paths.js';
import { onlySnippet, snippetsOf } from './support/snippets.js';

const run = promisify(execFile);
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const snippets = snippetsOf(readme);
const commands = snippets.filter(({ language }) => language === 'sh').map(({ text }) => text.trim());
const bin = path.join(root, 'packages/cli/bin/mcpplugins.js');
const server = path.join(root, serverCommand[1]);

/** The packages of the repository, by name, with their folder. */
async function workspacePackages(): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await run('npm', ['query', '.workspace'], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  const workspaces = JSON.parse(stdout) as readonly {
    readonly name: string;
    readonly location: string;
    readonly private?: boolean;
  }[];
  return new Map(
    workspaces
      .filter((workspace) => workspace.private !== true)
      .map(({ name, location }) => [name, location]),
  );
}

describe('the README', () => {
  it('starts with the two commands that need nothing else', async () => {
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly scripts: object;
    };
    expect(manifest.scripts).toMatchObject({
      demo: 'nx run @mcpplugins/example-quickstart:demo',
      test: expect.any(String) as string,
    });
  });

  it('names packages of this repository in its install command and has all of them in its table', async () => {
    const packages = await workspacePackages();
    const install = commands.find((command) => command.startsWith('npm install '));
    for (const name of install?.split(' ').slice(2) ?? ['no install command'])
      expect(packages.keys()).toContain(name);
    const rows = [...readme.matchAll(/^\| \[`(@mcpplugins\/[\w-]+)`\]\(([\w/-]+)\) +\|/gm)];
    expect(Object.fromEntries(rows.map(([, name, folder]) => [name, folder]))).toEqual(
      Object.fromEntries(packages),
    );
  });
});

describe('the snippets of the README', () => {
  let folder: string;
  beforeAll(async () => {
    // Inside of the workspace, so that plugins are found as in a folder where they are installed.
    folder = await mkdtemp(path.join(root, 'examples/quickstart/.readme-'));
    await writeFile(path.join(folder, 'plugins.yaml'), onlySnippet(snippets, 'yaml'));
    await writeFile(path.join(folder, 'no-ssh.js'), onlySnippet(snippets, 'js'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('show a configuration and a plugin of at most 15 lines', () => {
    expect(onlySnippet(snippets, 'yaml').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    expect(onlySnippet(snippets, 'js').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  });

  it('validate, by the command that stands there', async () => {
    const [, inline = ''] = /`npx (mcpplugins validate [\w.]+)`/.exec(readme) ?? [];
    const { stdout } = await run(process.execPath, [bin, ...inline.split(' ').slice(1)], { cwd: folder });
    expect(stdout).toContain('plugins.yaml is valid');
    expect(stdout).toMatch(/no-ssh +enforce +100 +tool_pre_invoke \(on conditions\)/);
  });

  it('have a plugin that is TypeScript too, with its types inferred', async () => {
    await writeFile(path.join(folder, 'no-ssh-typed.ts'), onlySnippet(snippets, 'js'));
    const config = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { noEmit: true },
      files: ['no-ssh-typed.ts'],
    };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    await expect(run(process.execPath, [compiler, '-p', folder])).resolves.toMatchObject({ stdout: '' });
  });

  const typed = commands.find((command) => command.startsWith('npx mcpplugins run '));
  const files = snippets
    .filter(({ language }) => language === 'json')
    .map(({ text }) => JSON.parse(text) as object);
  const entries = files.flatMap(
    (file) => Object.values(file) as Readonly<Record<string, { command: string; args: string[] }>>[],
  );
  const ways = [
    ['the command', typed?.split(' ') ?? []],
    ...entries.map(
      ({ files: entry }, index) =>
        [`client configuration ${index + 1}`, [entry?.command ?? '', ...(entry?.args ?? [])]] as const,
    ),
  ] as const;

  it('configure Claude Desktop and Cursor under mcpServers, VS Code under servers', () => {
    expect(files.map((file) => Object.keys(file))).toEqual([['mcpServers'], ['servers']]);
  });

  it.each(ways)('guard a server, with %s', async (_way, words) => {
    // npx finds the package in the registry; here it is in the workspace.
    const [npx, ...rest] = words.filter((word) => word !== '-y');
    expect(npx).toBe('npx');
    expect(rest[0]).toMatch(/^(mcpplugins|@mcpplugins\/cli)$/);
    const args = rest
      .slice(1)
      .map((word) => word.replace(/^.*plugins\.yaml$/, 'plugins.yaml').replace(/^.*server\.js$/, server));
    expect(args).toEqual(['run', '-c', 'plugins.yaml', '--', 'node', server]);
    const client = new Client({ name: 'readme-test', version: '1.0.0' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [bin, ...args],
        cwd: folder,
        stderr: 'ignore',
      }),
    );
    const echo = async (message: string) => client.callTool({ name: 'echo', arguments: { message } });
    const [masked, denied, refused, passed] = await Promise.all(
      ['SSN 123-45-6789', 'Project Nightfall', 'cat ~/.ssh/id_rsa', 'hello'].map(echo),
    );
    await client.close();
    expect(JSON.stringify(masked)).not.toContain('123-45-6789');
    expect(denied).toMatchObject({
      isError: true,
      _meta: { 'mcpplugins.dev/violation': { plugin: 'deny-words' } },
    });
    expect(refused).toMatchObject({
      isError: true,
      _meta: { 'mcpplugins.dev/violation': { code: 'FOLDER_DENIED' } },
    });
    expect(passed).toMatchObject({ content: [{ type: 'text', text: 'Echo: hello' }] });
  });
}, 60_000);
