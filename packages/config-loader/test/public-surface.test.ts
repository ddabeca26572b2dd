import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'ConfigError',
    'compilePattern',
    'configErrorCodes',
    'discoverPlugins',
    'formatDiagnostics',
    'isConfigError',
    'loadConfig',
    'loadManifest',
    'mergeConfigs',
    'pluginKeyword',
    'pluginManifestSchema',
    'startConfigReloader',
    'validateConfig',
  ]);
});
