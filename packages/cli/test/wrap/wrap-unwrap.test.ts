import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { binPath, nodePath } from '../../src/wrap/guard-command.js';
import { cliFolder } from '../support/cli-folder.js';
import { clientSamples } from '../support/client-samples.js';

const plugins = 'plugins: []\n';
const file = 'client.json';

function clientFolder(files: Readonly<Record<string, string>>) {
  const { folder, run } = cliFolder({ 'plugins.yaml': plugins, ...files });
  const read = (name: string) => readFileSync(path.join(folder, name));
  return {
    folder,
    read,
    json: (name: string) => parse(read(name).toString().replace('\uFEFF', '')) as Parsed,
    run: (...words: readonly string[]) =>
      run(words, { HOME: folder, USERPROFILE: folder, XDG_CONFIG_HOME: path.join(folder, '.config') }),
  };
}

type Servers = Readonly<Record<string, { readonly command: string; readonly args?: readonly string[] }>>;
interface Parsed {
  readonly mcpServers?: Servers;
  readonly servers?: Servers;
}

function configOf(...entries: readonly string[]): string {
  return `{ "mcpServers": { ${entries.join(', ')} } }`;
}

describe('wrap, then unwrap', () => {
  it.each(clientSamples)('restores the file of $client byte for byte', async (sample) => {
    const { run, read } = clientFolder({ [sample.path]: sample.text });
    const original = read(sample.path);
    const wrapped = await run('wrap', '--file', sample.path, '--write', '--json');
    expect(wrapped.exitCode).toBe(0);
    expect(read(sample.path).equals(original)).toBe(false);
    expect(read(`${sample.path}.bak`).equals(original)).toBe(true);
    expect((await run('unwrap', '--file', sample.path, '--write')).exitCode).toBe(0);
    expect(read(sample.path).toString()).toBe(sample.text);
    expect(read(sample.path).equals(original)).toBe(true);
  });

  it.each(clientSamples)(
    'puts the guard in front of every server of $client and changes nothing else',
    async (sample) => {
      const { run, json, folder } = clientFolder({ [sample.path]: sample.text });
      const before = json(sample.path);
      await run('wrap', '--file', sample.path, '--write');
      const after = json(sample.path);
      const serversBefore = before.mcpServers ?? before.servers ?? {};
      const expected = Object.entries(serversBefore).map(([name, entry]) => {
        if (!sample.servers.includes(name)) return [name, entry];
        const guard = [binPath, 'run', '-c', path.join(folder, 'plugins.yaml'), '--name', name, '--'];
        return [
          name,
          { ...entry, command: nodePath, args: [...guard, entry.command, ...(entry.args ?? [])] },
        ];
      });
      const key = before.servers === undefined ? 'mcpServers' : 'servers';
      expect(after).toEqual({ ...before, [key]: Object.fromEntries(expected) as Servers });
      expect(Object.keys(after)).toEqual(Object.keys(before));
    },
  );

  it('keeps what was changed elsewhere in the file in between', async () => {
    const { run, read, folder } = clientFolder({ [file]: configOf('"a": { "command": "x" }') });
    await run('wrap', '--file', file, '--write');
    const changed = read(file).toString().replace('{ "mcpServers"', '{ "theme": "dark", "mcpServers"');
    writeFileSync(path.join(folder, file), changed);
    await run('unwrap', '--file', file, '--write');
    expect(read(file).toString()).toBe('{ "theme": "dark", "mcpServers": { "a": { "command": "x" } } }');
  });

  it('gives the same server back when a formatter has been over the file', async () => {
    const { run, json, read, folder } = clientFolder({
      [file]: configOf('"a": { "command": "x" }', '"b": { "command": "y", "args": ["1"] }'),
    });
    await run('wrap', '--file', file, '--write');
    writeFileSync(path.join(folder, file), JSON.stringify(JSON.parse(read(file).toString()), undefined, 4));
    await run('unwrap', '--file', file, '--write');
    expect(json(file).mcpServers).toEqual({
      a: { command: 'x', args: [] },
      b: { command: 'y', args: ['1'] },
    });
  });

  it('copes with a comment that was put after the command in between', async () => {
    const { run, read, json, folder } = clientFolder({
      [file]: configOf('"a": { "command": "x", "args": ["1"] }'),
    });
    await run('wrap', '--file', file, '--write');
    writeFileSync(path.join(folder, file), read(file).toString().replace('"x",', '"x" /* mine */ , '));
    await run('unwrap', '--file', file, '--write');
    expect(json(file).mcpServers).toEqual({ a: { command: 'x', args: ['1'] } });
  });

  it('works once on a file that is named twice', async () => {
    const text = configOf('"a": { "command": "x" }');
    const { run, read } = clientFolder({ [file]: text });
    await run('wrap', '--file', file, '--file', `./${file}`, '--write');
    expect(read(file).toString().match(/"run"/g)).toHaveLength(1);
    await run('unwrap', '--file', file, '--file', file, '--write');
    expect(read(file).toString()).toBe(text);
  });

  it('works on the one server that is named', async () => {
    const { run, json } = clientFolder({
      [file]: configOf('"a": { "command": "x" }', '"b": { "command": "y" }'),
    });
    await run('wrap', '--file', file, '--server', 'b', '--write');
    expect(json(file).mcpServers).toMatchObject({ a: { command: 'x' }, b: { command: nodePath } });
  });
});

describe('mcpplugins wrap', () => {
  it('shows the difference, without values of env, and changes nothing unless told to', async () => {
    const text = configOf('"a": { "command": "x", "env": { "TOKEN": "hunter2" } }');
    const { run, read, folder } = clientFolder({ [file]: text });
    const { exitCode, stdout } = await run('wrap', '--file', file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('-{ "mcpServers": { "a": { "command": "x"');
    expect(stdout).toContain(`+{ "mcpServers": { "a": { "command": ${JSON.stringify(nodePath)}`);
    expect(stdout).toContain('Nothing is changed yet');
    expect(stdout).not.toContain('hunter2');
    expect(read(file).toString()).toBe(text);
    expect(readdirSync(folder).filter((name) => name.startsWith(file))).toEqual([file]);
  });

  it('takes a server called env for a server', async () => {
    const { run, json } = clientFolder({
      [file]: configOf('"env": { "command": "x", "env": { "A": "hunter2" } }'),
    });
    const { stdout } = await run('wrap', '--file', file, '--write', '--json');
    expect(stdout).toContain('\\"run\\"');
    expect(stdout).not.toContain('hunter2');
    expect(json(file).mcpServers).toMatchObject({ env: { command: nodePath, env: { A: 'hunter2' } } });
  });

  it('finds the configurations of every client', async () => {
    const { run } = clientFolder(
      Object.fromEntries(clientSamples.map((sample) => [sample.path, sample.text])),
    );
    const { stdout } = await run('wrap', '--json');
    const report = JSON.parse(stdout) as { readonly files: readonly { readonly client: string }[] };
    const expected = process.platform === 'linux' ? clientSamples : clientSamples.slice(1);
    expect(report.files.map(({ client }) => client)).toEqual(expected.map(({ client }) => client));
    const cursor = JSON.parse((await run('wrap', '--json', '--client', 'cursor')).stdout) as typeof report;
    expect(cursor.files.map(({ client }) => client)).toEqual(['cursor']);
  });

  it('finds the servers that Claude Code keeps for the user and for this folder, not those of others', async () => {
    const entry = { command: 'x', args: [] };
    const { run, folder } = clientFolder({});
    const projects = {
      [folder]: { mcpServers: { mine: entry } },
      '/elsewhere': { mcpServers: { theirs: entry } },
    };
    writeFileSync(
      path.join(folder, '.claude.json'),
      JSON.stringify({ mcpServers: { user: entry }, projects }),
    );
    const { stdout } = await run('wrap', '--client', 'claude-code', '--json');
    const report = JSON.parse(stdout) as {
      readonly files: readonly { readonly servers: readonly object[] }[];
    };
    expect(report.files[0]?.servers).toMatchObject([{ name: 'user' }, { name: 'mine' }]);
  });

  it('leaves alone, and names, what is wrapped, guarded by hand, remote or not understood', async () => {
    const { run, read } = clientFolder({
      [file]: configOf(
        '"a": { "command": "x" }',
        '"hand": { "command": "npx", "args": ["mcpplugins", "run", "-c", "p.yaml", "y"] }',
        '"remote": { "url": "https://example.com/mcp" }',
        '"odd": { "command": "x", "args": "y" }',
      ),
    });
    await run('wrap', '--file', file, '--write');
    const once = read(file);
    const { exitCode, stdout } = await run('wrap', '--file', file, '--write');
    expect(exitCode).toBe(0);
    expect(read(file).equals(once)).toBe(true);
    expect(stdout).toMatch(/= a +is wrapped already, with .*plugins\.yaml\n/);
    expect(stdout).toMatch(/= hand +is guarded already, by hand\n/);
    expect(stdout).toMatch(/! remote +remote \(url\): .*run -c FILE --server remote\n/);
    expect(stdout).toMatch(/! odd +cannot be wrapped: its args are not a list of strings\n/);
    expect(stdout).toContain('Nothing to change.');
    expect((await run('wrap', '--file', file, '--server', 'remote')).exitCode).toBe(1);
  });

  it.skipIf(process.platform === 'win32')(
    'follows a link, keeps the mode and overwrites no backup',
    async () => {
      const { run, read, folder } = clientFolder({
        'real.json': configOf('"a": { "command": "x" }'),
        'link.json.bak': 'mine',
      });
      chmodSync(path.join(folder, 'real.json'), 0o600);
      symlinkSync('real.json', path.join(folder, 'link.json'));
      await run('wrap', '--file', 'link.json', '--write');
      expect(lstatSync(path.join(folder, 'link.json')).isSymbolicLink()).toBe(true);
      expect(statSync(path.join(folder, 'real.json')).mode & 0o777).toBe(0o600);
      expect(read('real.json').toString()).toContain('"run"');
      expect(read('link.json.bak').toString()).toBe('mine');
      expect(read('link.json.bak-2').toString()).toBe(configOf('"a": { "command": "x" }'));
      expect(statSync(path.join(folder, 'link.json.bak-2')).mode & 0o777).toBe(0o600);
    },
  );
});

describe('what wrap and unwrap refuse, with 2', () => {
  const good = configOf('"memory": { "command": "x" }');
  it.each([
    [
      'a file that is not there',
      {},
      ['--file', 'no.json'],
      'CLIENT_CONFIG_NOT_FOUND',
      'no.json does not exist',
    ],
    ['no client configuration at all', {}, [], 'CLIENT_CONFIG_NOT_FOUND', 'Cursor: '],
    ['a client that is not known', {}, ['--client', 'curser'], 'INPUT_INVALID', 'did you mean "cursor"?'],
    [
      'a client and a file',
      {},
      ['--client', 'cursor', '--file', file],
      'INPUT_INVALID',
      'exclude each other',
    ],
    [
      'what is not JSON',
      { [file]: '{\n  "mcpServers": }' },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      'client.json:2:17 is not JSON: ValueExpected',
    ],
    [
      'JSON that is no object',
      { [file]: '[]' },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      'is not a JSON object',
    ],
    ['a folder', { [`${file}/x`]: '' }, ['--file', file], 'CLIENT_CONFIG_INVALID', 'cannot be read'],
    [
      'servers that are no object',
      { [file]: '{"servers":[]}' },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      'servers is not an object',
    ],
    [
      'a server that is no object',
      { [file]: configOf('"a": 1') },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      '"a" is not an object',
    ],
    [
      'a name that is there twice',
      { [file]: configOf('"a": {}', '"a": {}') },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      '"a" twice',
    ],
    [
      'a command that is there twice',
      { [file]: configOf('"a": { "command": "x", "command": "y" }') },
      ['--file', file],
      'CLIENT_CONFIG_INVALID',
      '"command" twice',
    ],
    [
      'no servers',
      { [file]: '{}' },
      ['--file', file],
      'CLIENT_SERVERS_MISSING',
      'looked under mcpServers, servers',
    ],
    [
      'a server that is not known',
      { [file]: good },
      ['--file', file, '--server', 'memroy'],
      'CLIENT_SERVER_UNKNOWN',
      'did you mean "memory"?',
    ],
  ] as const)('%s', async (_, files, words, code, message) => {
    const { run } = clientFolder(files);
    for (const verb of ['wrap', 'unwrap']) {
      const { exitCode, stderr, stdout } = await run(verb, ...words, '--write');
      expect(stderr).toContain(`error ${code}: `);
      expect(stderr).toContain(message);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    }
  });

  it('a file that is not UTF-8', async () => {
    const { run, folder } = clientFolder({});
    writeFileSync(path.join(folder, file), Buffer.from(good, 'utf16le').fill(0xff, 0, 1));
    const { exitCode, stderr } = await run('wrap', '--file', file);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is not UTF-8 text')]);
  });

  it('a configuration of the plugins that cannot be used', async () => {
    const { run, read } = clientFolder({ [file]: good, 'bad.yaml': 'plugins: [{ nam: x }]\n' });
    const { exitCode, stderr } = await run('wrap', '-c', 'bad.yaml', '--file', file, '--write');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('bad.yaml')]);
    expect((await run('wrap', '-c', 'no.yaml', '--file', file, '--write')).exitCode).toBe(2);
    expect(read(file).toString()).toBe(good);
  });

  it('a file that cannot be written, and says which were', async () => {
    // Beside a file with so long a name no temporary file can be made.
    const long = `${'x'.repeat(240)}.json`;
    const { run, read, folder } = clientFolder({ [file]: good, [long]: good });
    const { exitCode, stderr } = await run('wrap', '--file', file, '--file', long, '--write');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error OUTPUT_UNWRITABLE: ');
    expect(stderr).toContain(`cannot be written; written before it: ${path.join(folder, file)}\n`);
    expect(read(long).toString()).toBe(good);
    expect(read(file).toString()).not.toBe(good);
  });

  it('one bad file among good ones, before any is written', async () => {
    const { run, read, folder } = clientFolder({ [file]: good, 'bad.json': '{' });
    const { exitCode } = await run('wrap', '--file', file, '--file', 'bad.json', '--write');
    expect(exitCode).toBe(2);
    expect(read(file).toString()).toBe(good);
    expect(existsSync(path.join(folder, `${file}.bak`))).toBe(false);
  });
});
