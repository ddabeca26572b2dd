import { describe, expect, it } from 'vitest';
import { ProjectFolder } from '../support/project-folder.js';

const config = {
  'plugins.yaml': "plugins:\n  - name: words\n    kind: '@acme/plugin-word-guard'\n    mode: audit\n",
};

describe('mcpplugins list', () => {
  it('shows what is configured, with version and description of the package', async () => {
    await using project = await ProjectFolder.create(config);
    await project.install();
    const { exitCode, stdout } = await project.run(['list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/words +audit +100 +@acme\/plugin-word-guard +2\.1\.0 +Refuses a word\n/);
  });

  it('shows what is installed and not used', async () => {
    await using project = await ProjectFolder.create({ 'plugins.yaml': 'plugins: []\n' });
    await project.install();
    const { stdout } = await project.run(['list']);
    expect(stdout).toMatch(
      /Installed, not used\n\n( .*\n)* +@acme\/plugin-word-guard +2\.1\.0 +Refuses a word\n/,
    );
    const { stdout: json } = await project.run(['list', '--json']);
    const { configured, installed } = JSON.parse(json) as {
      configured: unknown[];
      installed: { kind: string }[];
    };
    expect(configured).toEqual([]);
    expect(installed.map(({ kind }) => kind)).toContain('@acme/plugin-word-guard');
  });
});

describe('mcpplugins info', () => {
  it('shows manifest and settings', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const { exitCode, stdout } = await project.run(['info', '@acme/plugin-word-guard']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Refuses a word');
    expect(stdout).toMatch(/hooks +tool_pre_invoke, tool_post_invoke/);
    expect(stdout).toMatch(/word +string +"forbidden"/);
  });

  it('prints the same as JSON, also by the name of the manifest', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const { stdout } = await project.run(['info', 'WordGuard', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: '@acme/plugin-word-guard',
      version: '2.1.0',
      manifest: { author: 'Acme' },
      settings: [{ name: 'word', type: 'string', isRequired: false, default: '"forbidden"' }],
      problems: [],
    });
  });

  it('names the nearest plugin for one that is not there', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const { exitCode, stderr } = await project.run(['info', '@acme/plugin-word-gaurd']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "@acme/plugin-word-guard"?');
  });
});
