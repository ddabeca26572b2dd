import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';

const old = `plugins:
  - name: "Words"
    kind: "plugins.deny_filter.deny.DenyListPlugin"
    hooks: ["prompt_pre_fetch", "agent_pre_invoke"]
    mode: "{{ env.get('MODE', 'enforce') }}"
    config: { words: ["secret"] }
  - name: "Sql"
    kind: "plugins.sql_sanitizer.sql_sanitizer.SQLSanitizerPlugin"
    hooks: ["tool_pre_invoke"]
    mode: "disabled"
plugin_settings: { enable_plugin_api: true, plugin_timeout: 30 }
`;
const deny = {
  'node_modules/@mcpplugins/plugin-deny-filter/package.json':
    '{ "name": "@mcpplugins/plugin-deny-filter", "type": "module", "exports": "./index.js" }',
  'node_modules/@mcpplugins/plugin-deny-filter/index.js': `
import { definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'deny', hooks: () => ({ prompt_pre_fetch: () => undefined }) });`,
};

describe('migrate', () => {
  it('writes a file that validates, and reports', async () => {
    const { run, folder } = cliFolder({ 'config.yaml': old, ...deny });
    const { exitCode, stdout, stderr } = await run(['migrate', 'config.yaml']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('mcpplugins.yaml is written from config.yaml');
    expect(stdout).toContain(
      'line 7 Sql (plugins.sql_sanitizer.sql_sanitizer.SQLSanitizerPlugin), which was disabled: serve it',
    );
    expect(stdout).toContain('has agent_pre_invoke, which is not called here');
    expect(stdout).toContain('Next: mcpplugins validate mcpplugins.yaml');
    expect(readFileSync(path.join(folder, 'mcpplugins.yaml'), 'utf8')).toContain('mode: "${MODE:-enforce}"');
    const valid = await run(['validate', 'mcpplugins.yaml']);
    expect(valid).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is valid') as string });
  });

  it('ends with 1 when an active plugin has no counterpart, and says what that means', async () => {
    const { run } = cliFolder({ 'config.yaml': old.replace('"disabled"', '"enforce"') });
    const { exitCode, stdout } = await run(['migrate', 'config.yaml']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      '1 active plugin has no counterpart: what was guarded there is not guarded now.',
    );
  });

  it('writes to stdout with the report on stderr, or all as JSON', async () => {
    const { run } = cliFolder({ 'config.yaml': old });
    const piped = await run(['migrate', 'config.yaml', '-o', '-']);
    expect(piped.stdout).toMatch(/^# yaml-language-server: /);
    expect(piped.stderr).toContain('Changed (');
    const json = await run(['migrate', 'config.yaml', '-o', '-', '--json']);
    expect(json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      output: null,
      yaml: piped.stdout,
      missing: [{ name: 'Sql', line: 7, wasActive: false }],
      manual: [],
    });
  });

  it('overwrites nothing unless it is told to', async () => {
    const { run, folder } = cliFolder({ 'config.yaml': old, 'mcpplugins.yaml': 'plugins: []\n' });
    const refused = await run(['migrate', 'config.yaml']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('mcpplugins.yaml is there already; nothing was written');
    expect(readFileSync(path.join(folder, 'mcpplugins.yaml'), 'utf8')).toBe('plugins: []\n');
    expect((await run(['migrate', 'config.yaml', '--force'])).exitCode).toBe(0);
  });

  it('refuses what is no YAML, and a file that is not there, with 2', async () => {
    const { run } = cliFolder({ 'config.yaml': 'plugins: [\n' });
    const broken = await run(['migrate', 'config.yaml']);
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toContain('config.yaml:1:11 error YAML_SYNTAX');
    expect((await run(['migrate', 'gone.yaml'])).stderr).toContain('gone.yaml cannot be read');
  });
});
