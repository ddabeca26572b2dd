import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resolveKind } from '../../src/kinds/resolve-kind.js';
import { configFolder } from '../support/config-folder.js';

const files = {
  'conf/guard.js': '',
  'conf/sub/guard.js': '',
  'outside.js': '',
  'conf/node_modules/acme/package.json': '{ "name": "acme", "main": "main.cjs" }',
  'conf/node_modules/acme/main.cjs': '',
  'conf/node_modules/unbuilt/package.json':
    '{ "name": "unbuilt", "exports": { "import": "./dist/index.js" } }',
  'conf/node_modules/closed/package.json': '{ "name": "closed", "exports": { "./only": "./x.js" } }',
};

const outside = 'Add the folder to `plugin_dirs` if it is meant.';

function resolve(kind: string) {
  const folder = configFolder(files);
  return {
    folder,
    result: resolveKind(kind, { directory: path.join(folder, 'conf'), pluginDirectories: [] }),
  };
}

describe('resolveKind', () => {
  it.each([
    ['./guard.js', 'conf/guard.js', undefined],
    ['./sub/guard.js#Guard', 'conf/sub/guard.js', 'Guard'],
    ['./sub/../guard.js', 'conf/guard.js', undefined],
    ['acme', 'conf/node_modules/acme/main.cjs', undefined],
    ['acme#Thing', 'conf/node_modules/acme/main.cjs', 'Thing'],
  ])('finds %s', (kind, file, exportName) => {
    const { folder, result } = resolve(kind);
    expect(result).toEqual({ url: pathToFileURL(path.join(folder, file)).href, exportName });
  });

  it.each([
    ['../outside.js', 'KIND_INVALID', outside],
    ['./../../etc/passwd', 'KIND_INVALID', outside],
    ['/etc/passwd', 'KIND_INVALID', outside],
    ['fs', 'KIND_INVALID', undefined],
    ['node:fs', 'KIND_INVALID', undefined],
    ['data:text/javascript,export default 1', 'KIND_INVALID', undefined],
    ['https://evil.example/p.js', 'KIND_INVALID', undefined],
    ['file:///etc/passwd', 'KIND_INVALID', undefined],
    ['acme/../../outside.js', 'KIND_INVALID', undefined],
    ['x\0.js', 'KIND_INVALID', undefined],
    ['./guard.js\0.txt', 'KIND_INVALID', undefined],
    ['acme#', 'KIND_INVALID', undefined],
    ['#A', 'KIND_INVALID', undefined],
    ['acme#A#B', 'KIND_INVALID', undefined],
    ['two words', 'KIND_INVALID', undefined],
    ['./gaurd.js', 'MODULE_NOT_FOUND', 'Did you mean "./guard.js"?'],
    ['./sub', 'MODULE_NOT_FOUND', 'Did you mean "./sub"?'],
    ['guard.js', 'KIND_UNKNOWN', 'Write "./guard.js".'],
    ['sub/guard.js', 'KIND_UNKNOWN', 'Write "./sub/guard.js".'],
    ['unbuilt', 'MODULE_NOT_FOUND', 'If the package is your own, build it first.'],
    ['closed', 'MODULE_NOT_FOUND', 'If the package is your own, build it first.'],
    ['absent/deep', 'PACKAGE_NOT_INSTALLED', 'Run: npm install absent'],
    ['@acme/absent', 'PACKAGE_NOT_INSTALLED', 'Run: npm install @acme/absent'],
    [
      'pii_filter',
      'PACKAGE_NOT_INSTALLED',
      'Did you mean "@mcpplugins/plugin-pii-filter"? If not, run: npm install pii_filter',
    ],
    [
      '@mcpplugin/plugin-deny-filter',
      'PACKAGE_NOT_INSTALLED',
      'Did you mean "@mcpplugins/plugin-deny-filter"? If not, run: npm install @mcpplugin/plugin-deny-filter',
    ],
  ])('refuses %j as %s', (kind, code, suggestion) => {
    const { folder, result } = resolve(kind);
    expect(result).toMatchObject({ code });
    expect('code' in result && result.suggestion).toEqual(suggestion);
    expect(JSON.stringify(result)).not.toContain(folder);
  });
});
