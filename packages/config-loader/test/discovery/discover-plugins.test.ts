import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverPlugins } from '../../src/index.js';
import { configFolder } from '../support/config-folder.js';

const manifest = (kind: string, name: string) =>
  `name: ${name}\nkind: "${kind}"\ndescription: d\nauthor: a\nversion: 1.2.3\n`;
const throws = 'throw new Error("imported");';

describe('discoverPlugins', () => {
  it('lists installed packages with the keyword and folders with a manifest, without importing them', () => {
    const folder = configFolder({
      'node_modules/far/package.json':
        '{ "name": "far", "version": "3.0.0", "keywords": ["mcpplugins-plugin"], "main": "x.js" }',
      'node_modules/far/x.js': throws,
      'app/node_modules/@acme/guard/package.json':
        '{ "name": "@acme/guard", "version": "1.0.0", "description": "Guards", "keywords": ["mcpplugins-plugin"] }',
      'app/node_modules/@acme/guard/plugin-manifest.yaml': manifest('@acme/guard', 'Guard'),
      'app/node_modules/other/package.json': '{ "name": "other", "keywords": ["mcp"] }',
      'app/node_modules/broken/package.json': '{',
      'shared/one/plugin-manifest.yaml': manifest('./one.js#One', 'One'),
      'shared/one/one.js': throws,
      'shared/own/package.json': '{ "name": "own", "type": "module", "exports": "./dist/index.js" }',
      'shared/own/dist/index.js': throws,
      'shared/own/plugin-manifest.yaml': manifest('own', 'Own'),
      'shared/wrong/plugin-manifest.yaml': 'name: W\nkindd: x\n',
      'shared/nothing/readme.md': '',
    });
    const plugins = discoverPlugins({ directory: path.join(folder, 'app'), pluginDirs: ['../shared'] });
    expect(
      plugins.map(({ kind, name, version, source, problems }) => [
        kind,
        name,
        version,
        source,
        problems.length,
      ]),
    ).toEqual([
      ['../shared/one/one.js#One', 'One', '1.2.3', 'plugin_dirs', 0],
      ['../shared/own/dist/index.js', 'Own', '1.2.3', 'plugin_dirs', 0],
      ['../shared/wrong', 'wrong', undefined, 'plugin_dirs', 5],
      ['@acme/guard', 'Guard', '1.0.0', 'package', 0],
      ['far', 'far', '3.0.0', 'package', 0],
    ]);
  });

  it('takes the nearer one of two packages with one name, and an entry of plugin_dirs that is a plugin itself', () => {
    const folder = configFolder({
      'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0", "keywords": ["mcpplugins-plugin"] }',
      'app/node_modules/p/package.json':
        '{ "name": "p", "version": "2.0.0", "keywords": ["mcpplugins-plugin"] }',
      'app/here/plugin-manifest.yaml': manifest('./x.js', 'Here'),
    });
    const plugins = discoverPlugins({ directory: path.join(folder, 'app'), pluginDirs: ['here', 'gone'] });
    expect(plugins.map(({ kind, version }) => [kind, version])).toEqual([
      ['./here/x.js', '1.2.3'],
      ['p', '2.0.0'],
    ]);
  });
});
