import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'ConfigError',
    'buildJsonSchema',
    'compilePattern',
    'configErrorCodes',
    'discoverPlugins',
    'formatDiagnostics',
    'formatMigration',
    'installedPlugins',
    'isConfigError',
    'loadConfig',
    'loadManifest',
    'mergeConfigs',
    'migrateConfig',
    'pluginKeyword',
    'pluginManifestSchema',
    'schemaComment',
    'schemaFileName',
    'startConfigReloader',
    'validateConfig',
  ]);
});
