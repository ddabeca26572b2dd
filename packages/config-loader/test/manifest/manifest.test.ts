import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConfigError, loadConfig, loadManifest } from '../../src/index.js';
import { frameworkRange, frameworkVersion } from '../../src/manifest/framework-version.js';
import { isInRange } from '../../src/manifest/semver.js';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

const complete = `name: "Advanced PII Filter"
kind: "@acme/pii"
description: "Finds personal data"
author: "Security"
version: "2.1.0"
license: "MIT"
homepage: "https://example.com/pii"
repository: "https://example.com/pii.git"
available_hooks: ["prompt_pre_fetch", "tool_pre_invoke"]
tags: ["security"]
plugin_type: "native"
language: "typescript"
performance_tier: "high"
default_config: { some_key: 0.8, nested: { other_key: 1 } }
requirements: { node_version: ">=20", python_version: ">=3.11", memory_mb: 64, cpu_cores: 0.5, timeout_seconds: 5 }
dependencies: ["zod>=4"]
features: { configurable: true, stateful: false, async_capable: true, external_dependencies: true, multi_tenant: true }
documentation: { readme: "README.md", examples: "examples/", api_docs: "docs/api.md" }
testing: { unit_tests: "test/", integration_tests: "test/it/", coverage_threshold: 90 }
compatibility: { min_framework_version: "0.1.0", max_framework_version: "2.x.x", python_versions: ["3.11"], node_versions: ["20"] }
framework_compatibility: "mcp-plugin-framework>=0.1.0,<2.0.0"
deployment: { container_image: "a/b:1", k8s_manifest: "k8s.yaml", health_check_endpoint: "/health" }
capabilities: ["hook:invoke:prompt_pre_fetch", "read:context"]
signing: { algorithm: "ECDSA", signature: "abc" }
`;
const minimal = 'name: A\nkind: ./guard.js\ndescription: d\nauthor: a\nversion: 1.0.0\n';

describe('loadManifest', () => {
  it('reads every field of the specification', () => {
    const manifest = loadManifest(path.join(configFolder({ 'm.yaml': complete }), 'm.yaml'));
    expect(manifest).toMatchObject({
      availableHooks: ['prompt_pre_fetch', 'tool_pre_invoke'],
      pluginType: 'native',
      performanceTier: 'high',
      defaultConfig: { some_key: 0.8, nested: { other_key: 1 } },
      requirements: { pythonVersion: '>=3.11', memoryMb: 64, cpuCores: 0.5, timeoutSeconds: 5 },
      features: { asyncCapable: true, multiTenant: true },
      testing: { coverageThreshold: 90 },
      compatibility: { maxFrameworkVersion: '2.x.x' },
      deployment: { k8sManifest: 'k8s.yaml', healthCheckEndpoint: '/health' },
      signing: { algorithm: 'ECDSA', signature: 'abc' },
    });
    expect(Object.keys(manifest)).toHaveLength(24);
  });

  it('reports every mistake with its place', () => {
    const text =
      'name: A\nkind: k\nversion: one\nlanguage: cobol\nfeatures: { statefull: true }\navailable_hook: []\n';
    const file = path.join(configFolder({ 'm.yaml': text }), 'm.yaml');
    let thrown: unknown;
    try {
      loadManifest(file);
    } catch (error) {
      thrown = error;
    }
    expect(
      isConfigError(thrown) &&
        thrown.diagnostics.map(({ line, column, code, path: at }) => [line, column, code, at]),
    ).toEqual([
      [1, 1, 'KEY_MISSING', 'description'],
      [1, 1, 'KEY_MISSING', 'author'],
      [3, 10, 'VALUE_INVALID', 'version'],
      [4, 11, 'VALUE_INVALID', 'language'],
      [5, 13, 'KEY_UNKNOWN', 'features.statefull'],
      [6, 1, 'KEY_UNKNOWN', 'available_hook'],
    ]);
    expect(() => loadManifest(path.join(path.dirname(file), 'none.yaml'))).toThrow(/does not exist/);
  });
});

describe('the range of framework versions', () => {
  const base = { name: 'a', kind: 'k', description: 'd', author: 'a', version: '1.0.0' };
  it.each([
    [{}, undefined],
    [{ compatibility: { minFrameworkVersion: '1.0.0', maxFrameworkVersion: '2.x.x' } }, '>=1.0.0 <=2.x.x'],
    [{ frameworkCompatibility: 'mcp-plugin-framework>=1.0.0,<2.0.0' }, '>=1.0.0 <2.0.0'],
  ])('of %o is %s', (fields, range) => {
    expect(frameworkRange({ ...base, ...fields })).toBe(range);
  });

  it('has an end that counts whole major versions', () => {
    expect(isInRange('2.9.9', '>=1.0.0 <=2.x.x')).toBe(true);
    expect(isInRange('3.0.0', '>=1.0.0 <=2.x.x')).toBe(false);
    expect(isInRange('1.0.0', '>=one')).toBeUndefined();
  });
});

describe('a plugin with a manifest', () => {
  const config = 'plugins: [{ name: G, kind: "./plugins/guard.js#Quiet" }]';

  async function load(manifest: string) {
    const folder = configFolder({
      'p.yaml': config,
      'plugins/guard.js': guardModule,
      'plugins/plugin-manifest.yaml': manifest,
    });
    return path.join(folder, 'p.yaml');
  }

  it('loads when it fits', async () => {
    const file = await load(
      `${minimal}compatibility: { min_framework_version: ${frameworkVersion()} }\ncapabilities: []\n`,
    );
    expect((await loadConfig(file)).notices).toEqual([]);
  });

  it.each([
    [
      'compatibility: { min_framework_version: 99.0.0 }',
      'FRAMEWORK_INCOMPATIBLE',
      /made for framework versions >=99\.0\.0; this is \d/,
    ],
    ['framework_compatibility: "mcp-plugin-framework<0.0.1"', 'FRAMEWORK_INCOMPATIBLE', /versions <0\.0\.1/],
    ['capabilities: [read:context]', 'NOT_YET_SUPPORTED', /`capabilities`/],
    ['signing: { algorithm: A, signature: s }', 'NOT_YET_SUPPORTED', /`signing`/],
  ])('is refused for %s', async (extra, code, message) => {
    const [only, ...others] = await diagnosticsOf(await load(`${minimal}${extra}\n`));
    expect(only).toMatchObject({ code, path: 'plugins[0].kind' });
    expect(only?.message).toMatch(message);
    expect(others).toEqual([]);
  });

  it.each(['versoin: 1', 'compatibility: { min_framework_version: one }'])(
    'runs with a warning for %s',
    async (extra) => {
      const { notices } = await loadConfig(await load(`${minimal}${extra}\n`));
      expect(notices.map(({ severity, code }) => [severity, code])).toEqual([
        ['warning', 'MANIFEST_INVALID'],
      ]);
    },
  );

  it('has the manifest of its own package only', async () => {
    const folder = configFolder({
      'p.yaml': 'plugins: [{ name: G, kind: "acme#Quiet" }]',
      'plugin-manifest.yaml': `${minimal}capabilities: [read:context]\n`,
      'node_modules/acme/package.json': '{ "name": "acme", "type": "module", "exports": "./index.js" }',
      'node_modules/acme/index.js': guardModule,
    });
    expect((await loadConfig(path.join(folder, 'p.yaml'))).notices).toEqual([]);
  });
});
