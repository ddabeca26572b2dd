import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from '../boundary-canary/layers.mjs';
import { listPackages } from '../lib/packages.mjs';

const root = resolve(import.meta.dirname, '../..');
const scope = '@mcpplugins/';

const packages = listPackages(root).map((found) => ({ ...found, name: found.manifest.name }));

describe.each(packages)('$name', ({ folder, group, manifest }) => {
  const name = basename(folder);
  const run = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  const ours = Object.keys(run).filter((dependency) => dependency.startsWith(scope));

  it('is named like its folder', () => {
    expect(manifest.name).toBe(group === 'plugins' ? `${scope}plugin-${name}` : `${scope}${name}`);
    expect(manifest.repository?.directory).toBe(`${group}/${name}`);
  });

  it('depends only on the packages that its layer may import', () => {
    const allowed = layers[group === 'plugins' ? 'plugins' : name];
    expect(allowed, `tools/boundary-canary/layers.mjs has no row for ${name}`).toBeInstanceOf(Array);
    expect(ours.filter((dependency) => !allowed?.includes(dependency.slice(scope.length)))).toEqual([]);
  });

  it('can be published: ESM, exact exports, files, licence, README, provenance', () => {
    expect(manifest).toMatchObject({
      type: 'module',
      license: 'Apache-2.0',
      engines: { node: '>=20.19.0' },
      publishConfig: { access: 'public', provenance: true },
      exports: {
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
        './package.json': './package.json',
      },
    });
    expect(manifest.files).toContain('dist');
    for (const file of ['LICENSE', 'README.md']) expect(existsSync(join(folder, file)), file).toBe(true);
  });

  it('is linted, type-checked, tested, built and pack-checked like all others', () => {
    expect(manifest.scripts).toMatchObject({
      lint: 'oxlint --config ../../.oxlintrc.json --type-aware --quiet',
      typecheck: 'tsc -p tsconfig.json',
      test: 'vitest run --config ../../vitest.config.ts',
      build: expect.stringMatching(/^tsup .*\bsrc\/index\.ts .*&& tsc -p tsconfig\.build\.json$/),
      'pack-check': 'publint --strict && attw --quiet --pack . --profile esm-only',
    });
  });
});

describe.each(packages.filter(({ group }) => group === 'plugins'))(
  '$name as a plugin',
  ({ folder, manifest }) => {
    it('publishes its manifest', () => {
      expect(existsSync(join(folder, 'plugin-manifest.yaml'))).toBe(true);
      expect(manifest.files).toContain('plugin-manifest.yaml');
    });

    it('has framework-core as a peer', () => {
      expect(Object.keys(manifest.peerDependencies ?? {})).toContain(`${scope}framework-core`);
    });

    it('has at most one dependency besides zod and the kit', () => {
      const others = Object.keys(manifest.dependencies ?? {}).filter(
        (dependency) => ![`${scope}plugin-kit`, 'zod'].includes(dependency),
      );
      expect(others.length, others.join(', ')).toBeLessThanOrEqual(1);
    });
  },
);
