import { join } from 'node:path';
import { formatFiles, generateFiles, names, readJson } from '@nx/devkit';

/**
 * `nx g @mcpplugins/tools:plugin <name>`: a plugin package that builds, passes its tests and can be published as it
 * is. What it guards is an example to replace.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string; description?: string }} options
 */
export default async function pluginGenerator(tree, options) {
  const { name } = options;
  const description = (options.description ?? 'A guard').replace(/\.$/, '');
  checkName(tree, name);
  const { className, propertyName } = names(name);
  const values = {
    name,
    className,
    propertyName,
    description,
    descriptionJson: JSON.stringify(description),
    coreVersion: readJson(tree, 'packages/framework-core/package.json').version,
    kitVersion: readJson(tree, 'packages/plugin-kit/package.json').version,
    zodRange: readJson(tree, 'packages/framework-core/package.json').dependencies.zod,
    yamlRange: readJson(tree, 'packages/config-loader/package.json').dependencies.yaml,
  };
  generateFiles(tree, join(import.meta.dirname, 'files'), `plugins/${name}`, values);
  generateFiles(tree, join(import.meta.dirname, 'changeset'), '.changeset', values);
  tree.write(`plugins/${name}/LICENSE`, tree.read('LICENSE', 'utf8') ?? '');
  addToReadme(tree, name, description);
  await formatFiles(tree);
  return () =>
    console.log(
      `\nplugins/${name} is there. Next: npm install, then npx nx run-many -t lint typecheck test build pack-check`,
    );
}

/**
 * @param {import('@nx/devkit').Tree} tree
 * @param {string} name
 */
function checkName(tree, name) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`"${name}": a plugin's name is kebab-case, like output-guard`);
  if (name.startsWith('plugin-'))
    throw new Error(
      `"${name}": leave out the prefix; the package becomes @mcpplugins/plugin-${name.slice(7)} by itself`,
    );
  for (const folder of [`plugins/${name}`, `packages/plugin-${name}`])
    if (tree.exists(`${folder}/package.json`))
      throw new Error(`"${name}": ${folder} already has the package name @mcpplugins/plugin-${name}`);
}

/**
 * Adds a row to the table of packages in the root README, after the last one.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {string} name
 * @param {string} description
 */
function addToReadme(tree, name, description) {
  const lines = (tree.read('README.md', 'utf8') ?? '').split('\n');
  const last = lines.findLastIndex((line) => line.startsWith('| [`@mcpplugins/'));
  if (last === -1) return;
  const text = description.replaceAll('|', '\\|');
  lines.splice(last + 1, 0, `| [\`@mcpplugins/plugin-${name}\`](plugins/${name}) | ${text} |`);
  tree.write('README.md', lines.join('\n'));
}
