import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectFolder } from '../support/project-folder.js';

describe('mcpplugins init', () => {
  it('writes a configuration with the installed plugins that validates as it is, and its schema', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const { exitCode, stdout } = await project.run(['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('mcpplugins.yaml is written');
    const text = await readFile(path.join(project.path, 'mcpplugins.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/mcpplugins\.schema\.json\n/);
    expect(text).toContain("  # Refuses a word\n  - name: word-guard\n    kind: '@acme/plugin-word-guard'\n");
    const schema = await readFile(path.join(project.path, 'mcpplugins.schema.json'), 'utf8');
    expect(JSON.parse(schema)).toHaveProperty('$schema');
    const { stdout: validation } = await project.run(['validate', 'mcpplugins.yaml']);
    expect(validation).toContain('is valid');
    expect(validation).toMatch(/word-guard +enforce +10/);
  });

  it('writes over nothing without --force', async () => {
    await using project = await ProjectFolder.create({ 'guards.yaml': 'plugins: [] # mine\n' });
    const { exitCode, stderr } = await project.run(['init', 'guards.yaml']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('guards.yaml is there already');
    expect(await readFile(path.join(project.path, 'guards.yaml'), 'utf8')).toBe('plugins: [] # mine\n');
    expect((await project.run(['init', 'guards.yaml', '--force', '--json'])).exitCode).toBe(0);
  });
});
