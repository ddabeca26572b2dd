import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadManifest } from '@mcpplugins/config-loader';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { askTemplate, askText } from '../../src/bootstrap/ask.js';
import { parsePluginName } from '../../src/bootstrap/plugin-name.js';
import { renderTemplate } from '../../src/bootstrap/render.js';
import { templateNames } from '../../src/bootstrap/templates.js';
import { cliFolder } from '../support/cli-folder.js';
import { recordingTerminal } from '../support/recording-terminal.js';

const empty = () => cliFolder({}, []);
const render = (name: string, template: (typeof templateNames)[number] = 'native') =>
  renderTemplate(template, { names: parsePluginName(name) });

describe('mcpplugins new', () => {
  it('makes a folder of the name and says how to go on', async () => {
    const { run, folder } = empty();
    const { exitCode, stdout } = await run(['new', 'my-guard', '--author', 'Ada: "L."']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  cd my-guard\n  npm install\n  npm test\n');
    const read = (file: string) => readFileSync(path.join(folder, 'my-guard', file), 'utf8');
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'my-guard' });
    expect(read('test/my-guard.test.ts')).toContain("import MyGuard from '../src/index.js'");
    expect(parse(read('plugin-manifest.yaml'))).toMatchObject({ name: 'MyGuard', author: 'Ada: "L."' });
    expect(read('.gitignore')).toContain('node_modules');
    expect(loadManifest(path.join(folder, 'my-guard', 'plugin-manifest.yaml'))).toMatchObject({
      name: 'MyGuard',
    });
  });

  it.each(['Guard', 'my_guard', '-guard', 'guard--a', '../guard', '', 'import', 'mcp', 'x'.repeat(51)])(
    'refuses the name "%s"',
    async (name) => {
      const { run, folder } = empty();
      const { exitCode } = await run(['new', '--defaults', '--', name]);
      expect(exitCode).toBe(2);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('writes nothing with --dry-run', async () => {
    const { run, folder } = empty();
    const { stdout } = await run(['new', 'my-guard', '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ files: expect.arrayContaining(['src/index.ts']) });
    expect(existsSync(path.join(folder, 'my-guard'))).toBe(false);
  });
});

describe('mcpplugins bootstrap', () => {
  it('names the plugin after the folder, or as it is told', async () => {
    const { run, folder } = empty();
    expect(
      (await run(['bootstrap', '--destination', './a/first-guard', '--template', 'python'])).exitCode,
    ).toBe(0);
    expect(existsSync(path.join(folder, 'a/first-guard/first_guard.py'))).toBe(true);
    expect((await run(['bootstrap', '-d', 'Other Place', '--name', 'second', '-t', 'go'])).stdout).toContain(
      "cd 'Other Place'",
    );
  });

  it('refuses a folder with files and leaves them, but takes a new repository', async () => {
    const { run, folder } = empty();
    mkdirSync(path.join(folder, 'my-guard/.git'), { recursive: true });
    expect((await run(['bootstrap', '-d', 'my-guard'])).exitCode).toBe(0);
    writeFileSync(path.join(folder, 'my-guard/README.md'), 'mine');
    const again = await run(['bootstrap', '-d', 'my-guard']);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('my-guard is not empty')]);
    expect(readFileSync(path.join(folder, 'my-guard/README.md'), 'utf8')).toBe('mine');
  });

  it('says what is wrong when the destination is a file', async () => {
    const { run, folder } = empty();
    writeFileSync(path.join(folder, 'my-guard'), '');
    const { exitCode, stderr } = await run(['bootstrap', '-d', 'my-guard']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('cannot be used as a folder')]);
  });

  it('asks for template and name, again when the answer is none', async () => {
    const terminal = recordingTerminal();
    const template = askTemplate(terminal);
    terminal.stdin.write('9\n');
    await expect.poll(() => terminal.stdout.text.split('Number or name').length).toBe(3);
    terminal.stdin.write('rust\n');
    expect(await template).toBe('rust');
    const name = askText('Name', 'guard', terminal);
    terminal.stdin.write('\n');
    expect(await name).toBe('guard');
  });

  it('says so when the input ends before the answer', async () => {
    const terminal = recordingTerminal();
    const template = askTemplate(terminal);
    terminal.stdin.end();
    await expect(template).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('templates', () => {
  it.each(templateNames)(
    '%s has code, tests, manifest, configuration, README and container file',
    (template) => {
      const files = render('my-guard', template).map((file) => file.path);
      expect(files).toEqual(
        expect.arrayContaining([
          '.gitignore',
          '.dockerignore',
          'Containerfile',
          'README.md',
          'mcpplugins.yaml',
        ]),
      );
      expect(files).toEqual(
        expect.arrayContaining(['fixtures/my-guard.fixtures.yaml', 'plugin-manifest.yaml']),
      );
      expect(new Set(files).size).toBe(files.length);
    },
  );

  it.each(templateNames)(
    '%s has nothing of the name that it is written under, and no open version',
    (template) => {
      for (const { text } of render('my-filter', template)) {
        expect(text).not.toMatch(/word-guard|word_guard|WordGuard|RANGE|PEER|@CLI|"\*"/);
      }
    },
  );

  const examples = new URL('../../../../examples/plugin-servers/', import.meta.url);
  it.each([
    ['python', 'word_guard.py'],
    ['go', 'main.go'],
    ['go', 'go.sum'],
    ['rust', 'src/main.rs'],
    ['rust', 'Cargo.lock'],
    ['rust', 'Cargo.toml'],
  ] as const)('%s: the example server has its %s', (language, file) => {
    const rendered = render('word-guard', language).find((candidate) => candidate.path === file);
    expect(readFileSync(new URL(`${language}/${file}`, examples), 'utf8')).toBe(rendered?.text);
  });
});
