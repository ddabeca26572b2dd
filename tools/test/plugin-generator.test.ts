import { readJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import pluginGenerator from '../src/generators/plugin/generator.js';

let tree: Tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  const write = (folder: string, manifest: object) =>
    tree.write(`packages/${folder}/package.json`, JSON.stringify(manifest));
  write('framework-core', {
    name: '@mcpplugins/framework-core',
    version: '0.3.1',
    dependencies: { zod: '^4.6.7' },
  });
  write('plugin-kit', { name: '@mcpplugins/plugin-kit', version: '0.2.0' });
  write('config-loader', { name: '@mcpplugins/config-loader', dependencies: { yaml: '^2.9.1' } });
  tree.write('LICENSE', 'the licence');
  for (const file of tree.children('.').filter((name) => name.startsWith('.oxfmtrc'))) tree.delete(file);
  tree.write('.prettierrc', '{ "singleQuote": true }');
});

describe('nx g @mcpplugins/tools:plugin', () => {
  it('adds every file of a publishable plugin package', async () => {
    await pluginGenerator(tree, { name: 'demo-guard' });
    expect(filesUnder('plugins/demo-guard')).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
      'plugin-manifest.yaml',
      'src/demo-guard.ts',
      'src/index.ts',
      'src/settings.ts',
      'test/demo-guard.test.ts',
      'test/plugin-manifest.test.ts',
      'test/public-surface.test.ts',
      'tsconfig.build.json',
      'tsconfig.json',
    ]);
    expect(tree.read('plugins/demo-guard/LICENSE', 'utf8')).toBe('the licence');
  });

  it('depends on the versions that the repository has', async () => {
    await pluginGenerator(tree, { name: 'demo-guard' });
    expect(readJson(tree, 'plugins/demo-guard/package.json')).toMatchObject({
      name: '@mcpplugins/plugin-demo-guard',
      dependencies: { '@mcpplugins/plugin-kit': '^0.2.0', zod: '^4.6.7' },
      peerDependencies: { '@mcpplugins/framework-core': '>=0.3.1 <1.0.0' },
    });
  });

  it('writes a changeset with the description', async () => {
    await pluginGenerator(tree, { name: 'demo-guard', description: 'Says "no" to <everything>.' });
    const changeset = tree.read('.changeset/demo-guard-plugin.md', 'utf8');
    expect(changeset).toContain("'@mcpplugins/plugin-demo-guard': minor");
    expect(changeset).toContain('New plugin `demo-guard`: Says "no" to <everything>.');
    expect(readJson(tree, 'plugins/demo-guard/package.json').description).toBe('Says "no" to <everything>');
  });

  it('adds a row to the table of packages in the README', async () => {
    tree.write(
      'README.md',
      '| package | for |\n| --- | --- |\n| [`@mcpplugins/cli`](packages/cli) | all |\n\nText.\n',
    );
    await pluginGenerator(tree, { name: 'demo-guard', description: 'Refuses a | b.' });
    const rows = tree.read('README.md', 'utf8')?.match(/^\| \[.*$/gm);
    expect(rows?.map((row) => row.replaceAll(/ +/g, ' '))).toEqual([
      '| [`@mcpplugins/cli`](packages/cli) | all |',
      '| [`@mcpplugins/plugin-demo-guard`](plugins/demo-guard) | Refuses a \\| b |',
    ]);
  });

  it('leaves no template mark behind', async () => {
    await pluginGenerator(tree, { name: 'demo-guard' });
    for (const file of filesUnder('plugins/demo-guard'))
      expect(tree.read(`plugins/demo-guard/${file}`, 'utf8')).not.toMatch(/<%|%>|__name__/);
  });

  it.each([
    ['Demo_Guard', /kebab-case/],
    ['plugin-demo', /leave out the prefix/],
    ['kit', /packages\/plugin-kit already has the package name @mcpplugins\/plugin-kit/],
  ])('refuses the name %s', async (name, message) => {
    await expect(pluginGenerator(tree, { name })).rejects.toThrow(message);
  });

  it('refuses to write over a plugin', async () => {
    await pluginGenerator(tree, { name: 'demo-guard' });
    await expect(pluginGenerator(tree, { name: 'demo-guard' })).rejects.toThrow(
      /already has the package name/,
    );
  });
});

function filesUnder(folder: string): string[] {
  const visit = (at: string): string[] =>
    tree
      .children(at)
      .flatMap((child) => (tree.isFile(`${at}/${child}`) ? [`${at}/${child}`] : visit(`${at}/${child}`)));
  return visit(folder)
    .map((file) => file.slice(folder.length + 1))
    .toSorted();
}
