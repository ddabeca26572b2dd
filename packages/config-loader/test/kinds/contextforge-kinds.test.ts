import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/index.js';
import { contextForgePlugin } from '../../src/kinds/contextforge-kinds.js';
import { configFolder } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

const piiPackage = {
  'node_modules/@mcpplugins/plugin-pii-filter/package.json':
    '{ "name": "@mcpplugins/plugin-pii-filter", "type": "module", "exports": "./index.js" }',
  'node_modules/@mcpplugins/plugin-pii-filter/index.js': `
import { definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({ detect_ssn: z.boolean() });
export default definePlugin({ name: 'pii', settings, hooks: () => ({}) });`,
};

describe('a class path of ContextForge', () => {
  it.each([
    'plugins.pii_filter.pii_filter.PIIFilterPlugin',
    'cpex_pii_filter.pii_filter.PIIFilterPlugin',
    'cpex-pii-filter',
  ])('%s stands for our package, which takes its options, and says so', async (kind) => {
    const folder = configFolder({
      'p.yaml': `plugins:\n  - { name: G, kind: "${kind}", config: { detect_ssn: true } }\n`,
      ...piiPackage,
    });
    const { plugins, notices } = await loadConfig(path.join(folder, 'p.yaml'));
    expect(plugins[0]?.config.config).toEqual({ detect_ssn: true });
    expect(plugins[0]?.load()).toHaveProperty('pluginName', 'pii');
    expect(notices.map(({ severity, code, path: at }) => [severity, code, at])).toEqual([
      ['notice', 'KIND_ALIASED', 'plugins[0].kind'],
    ]);
  });

  it('has the mistakes in its options reported where they stand', async () => {
    const folder = configFolder({
      'p.yaml': 'plugins:\n  - name: G\n    kind: cpex-pii-filter\n    config:\n      detect_ssn: 7\n',
      ...piiPackage,
    });
    expect(await diagnosticsOf(path.join(folder, 'p.yaml'))).toMatchObject([
      { line: 5, column: 19, path: 'plugins[0].config.detect_ssn' },
    ]);
  });

  it('names the package to install, or what to use instead', async () => {
    const kinds = [
      'plugins.deny_filter.deny.DenyListPlugin',
      'plugins.sql_sanitizer.sql_sanitizer.SQLSanitizerPlugin',
    ];
    const yaml = kinds.map((kind, index) => `  - { name: P${index}, kind: ${kind} }\n`).join('');
    const found = await diagnosticsOf(path.join(configFolder({ 'p.yaml': `plugins:\n${yaml}` }), 'p.yaml'));
    expect(found.map(({ code, suggestion }) => [code, suggestion])).toEqual([
      ['PACKAGE_NOT_INSTALLED', 'Run: npm install @mcpplugins/plugin-deny-filter'],
      ['KIND_UNKNOWN', 'Serve it with its own Python runtime and write `kind: external`.'],
    ]);
  });

  it('gives way to an npm package of that very name', async () => {
    const folder = configFolder({
      'p.yaml': 'plugins: [{ name: G, kind: cpex-pii-filter, config: { detect_ssn: true } }]',
      'node_modules/cpex-pii-filter/package.json':
        '{ "name": "cpex-pii-filter", "type": "module", "exports": "./index.js" }',
      'node_modules/cpex-pii-filter/index.js':
        piiPackage['node_modules/@mcpplugins/plugin-pii-filter/index.js'],
    });
    expect((await loadConfig(path.join(folder, 'p.yaml'))).notices).toEqual([]);
  });

  it.each(['./x.js', '@acme/x', 'external', 'lodash.merge', 'cpexample'])('is not what %s is', (kind) => {
    expect(contextForgePlugin(kind)).toBeUndefined();
  });
});
