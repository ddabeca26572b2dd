import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ResourceFilter, resourceFilterSettings } from '../src/index.js';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const manifest = parse(read('plugin-manifest.yaml'));
const packageJson = JSON.parse(read('package.json'));

describe('plugin-manifest.yaml', () => {
  it('has the name and version of the package', () => {
    expect(manifest).toMatchObject({ kind: packageJson.name, version: packageJson.version });
  });

  it('lists the hooks that the plugin implements', () => {
    const plugin = new ResourceFilter({ name: 'resource-filter', kind: packageJson.name });
    expect(manifest.available_hooks.toSorted()).toEqual(Object.keys(plugin.hooks).toSorted());
  });

  it('has the defaults of the settings', () => {
    expect(manifest.default_config).toEqual(resourceFilterSettings.parse({}));
  });
});
