import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'ConfigError',
    'compilePattern',
    'configErrorCodes',
    'discoverPlugins',
    'formatDiagnostics',
    'formatMigration',
    'isConfigError',
    'loadConfig',
    'loadManifest',
    'mergeConfigs',
    'migrateConfig',
    'pluginKeyword',
    'pluginManifestSchema',
    'startConfigReloader',
    'validateConfig',
  ]);
});
