import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FrameworkError } from '@mcpplugins/framework-core';
import { configErrorCodes, formatDiagnostics, isConfigError, loadConfig } from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

describe('formatDiagnostics', () => {
  it('shows place, reason, line, marker and suggestion', async () => {
    const folder = configFolder({
      'p.yaml':
        'plugins:\n  - name: Guard\n    kind: ./guard.js#Quiet\n    mode: enforced\n\t\n    tag: []\n',
      'guard.js': guardModule,
    });
    const file = path.join(folder, 'p.yaml');
    const text = formatDiagnostics(await diagnosticsOf(file));
    expect(text.replaceAll(folder, '')).toBe(`/p.yaml:4:11 error VALUE_INVALID at plugins[0].mode
  must be one of enforce, enforce_ignore_error, permissive, audit, fire_and_forget, disabled, sequential, transform, concurrent, not "enforced"
      3 |     kind: ./guard.js#Quiet
    > 4 |     mode: enforced
        |           ^^^^^^^^
  Did you mean "enforce"?

/p.yaml:6:5 error KEY_UNKNOWN at plugins[0].tag
  unknown key "tag"; known here: name, kind, description, author, version, hooks, tags, mode, on_error, allow_disable, priority, conditions, timeout, config, mcp, locked
    > 6 |     tag: []
        |     ^^^
  Did you mean "tags"?

2 errors`);
  });

  it('shows the part of a long line that matters', async () => {
    const yaml = `{plugins: [], plugin_settings: {${' '.repeat(3000)}plugin_timeot: 5, ${' '.repeat(300)}}}`;
    const [only] = await diagnosticsOf(path.join(configFolder({ 'p.yaml': yaml }), 'p.yaml'));
    const [line = '', marker = ''] = only?.frame.split('\n') ?? [];
    expect(line.length).toBeLessThan(180);
    expect(line.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('plugin_timeot');
  });

  it('does not let a file write control characters into a terminal', async () => {
    const [only] = await diagnosticsOf(
      path.join(configFolder({ 'p.yaml': 'plugin: "\u001b[2J"\n' }), 'p.yaml'),
    );
    expect(only?.frame).not.toContain('\u001b');
  });
});

describe('a configuration error', () => {
  it('is a FrameworkError that carries all diagnostics and has them as its message', async () => {
    const file = path.join(configFolder({ 'p.yaml': 'plugin: []\n' }), 'p.yaml');
    const error: unknown = await loadConfig(file).catch((thrown: unknown) => thrown);
    expect(FrameworkError.is(error, 'CONFIG_FILE_INVALID')).toBe(true);
    expect(isConfigError(error) && error.message).toBe(
      isConfigError(error) && formatDiagnostics(error.diagnostics),
    );
    expect(isConfigError(new Error('no'))).toBe(false);
  });

  it('has a documented code for everything', () => {
    for (const [code, { meaning, action }] of Object.entries(configErrorCodes)) {
      expect(code).toMatch(/^[A-Z_]+$/);
      expect(meaning).toMatch(/\.$/);
      expect(action).toMatch(/\.$/);
    }
  });
});
