import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pluginFiles, ProjectFolder } from '../support/project-folder.js';

const empty = { 'mcpplugins.yaml': '# mine\nplugins: []\n' };
const name = '@acme/plugin-word-guard';

async function configOf(project: ProjectFolder): Promise<string> {
  return readFile(path.join(project.path, 'mcpplugins.yaml'), 'utf8');
}

/** A stand-in for npm that installs the plugin, or fails. */
function npm(script: string): Readonly<Record<string, string>> {
  const files = Object.entries(pluginFiles).map(([file, text]) => {
    const target = `node_modules/${name}/${file}`;
    return `mkdir -p node_modules/${name} && cat > ${target} <<'END'\n${text}\nEND`;
  });
  return { 'bin/npm': `#!/bin/sh\necho "npm $*"\n${script === 'install' ? files.join('\n') : 'exit 7'}\n` };
}

describe('mcpplugins add', () => {
  it('appends an installed plugin with the settings of its manifest', async () => {
    await using project = await ProjectFolder.create(empty);
    await project.install();
    const { exitCode, stdout } = await project.run(['add', name]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('mcpplugins.yaml has a new plugin');
    expect(await configOf(project)).toBe(
      '# mine\nplugins:\n  # Refuses a word\n  - name: word-guard\n' +
        `    kind: '${name}'\n    mode: enforce\n    priority: 10\n    config:\n      word: forbidden\n`,
    );
    expect((await project.run(['validate', 'mcpplugins.yaml'])).exitCode).toBe(0);
  });

  it('comes after all others, under a name that is free', async () => {
    await using project = await ProjectFolder.create(empty);
    await project.install();
    await project.run(['add', name]);
    const { stdout } = await project.run(['add', name, '--mode', 'audit', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      plugin: { name: 'word-guard-2', mode: 'audit', priority: 20 },
    });
  });

  it('writes nothing when the configuration would not be valid', async () => {
    await using project = await ProjectFolder.create(empty);
    await project.install();
    const { exitCode, stderr } = await project.run(['add', name, '--mode', 'enforced']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('VALUE_INVALID');
    expect(await configOf(project)).toBe(empty['mcpplugins.yaml']);
  });

  it('does not run npm with --no-install', async () => {
    await using project = await ProjectFolder.create(empty);
    const { exitCode, stderr } = await project.run(['add', name, '--no-install']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PACKAGE_NOT_FOUND');
  });

  it.each(['../guard', 'a b', 'https://example.com/x.tgz', '@acme', '$(id)'])(
    'refuses %s, which is no package',
    async (spec) => {
      await using project = await ProjectFolder.create(empty);
      const { exitCode, stderr } = await project.run(['add', spec]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('is no npm package');
    },
  );

  it('refuses a priority that is no number', async () => {
    await using project = await ProjectFolder.create(empty);
    const { exitCode, stderr } = await project.run(['add', name, '--priority', 'first']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('It must be a whole number');
  });
});

describe.skipIf(process.platform === 'win32')('mcpplugins add, with npm', () => {
  async function addWith(script: string, spec: string) {
    const project = await ProjectFolder.create({ ...empty, ...npm(script) });
    const { chmod } = await import('node:fs/promises');
    await chmod(path.join(project.path, 'bin/npm'), 0o755);
    const env = { PATH: `${path.join(project.path, 'bin')}:${process.env['PATH'] ?? ''}` };
    return { project, ...(await project.run(['add', spec], env)) };
  }

  it('installs a package that is not there, in the folder of the configuration', async () => {
    const { project, exitCode, stdout, stderr } = await addWith('install', `${name}@^2.0.0`);
    await using _project = project;
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`npm install ${name}@^2.0.0`);
    expect(stdout).toContain('has a new plugin');
    expect(await configOf(project)).toContain(name);
  });

  it('ends with 1 when npm fails, and writes nothing', async () => {
    const { project, exitCode, stderr } = await addWith('fail', name);
    await using _project = project;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('PACKAGE_NOT_INSTALLABLE');
    expect(await configOf(project)).toBe(empty['mcpplugins.yaml']);
  });
});

describe('mcpplugins remove', () => {
  it('takes a plugin out and keeps the rest', async () => {
    await using project = await ProjectFolder.create(empty);
    await project.install();
    await project.run(['add', name]);
    const { exitCode, stdout } = await project.run(['remove', 'word-guard']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('word-guard is no longer in mcpplugins.yaml');
    expect(await configOf(project)).toBe(empty['mcpplugins.yaml']);
  });

  it('refuses a name that is not there', async () => {
    await using project = await ProjectFolder.create(empty);
    const { exitCode, stderr } = await project.run(['remove', 'pii']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the configuration has no plugin "pii"');
  });
});
