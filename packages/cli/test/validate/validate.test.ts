import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/validate/validate.js';
import { recordingTerminal } from '../support/recording-terminal.js';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

async function run(file: string, json = false, host?: 'run' | 'gateway') {
  const terminal = recordingTerminal();
  const exitCode = await validate({ file: path.resolve(fixtures, file), json, host }, terminal);
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

describe('validate', () => {
  it('shows what runs where, in the order in which it runs', async () => {
    const { exitCode, stdout, stderr } = await run('good.yaml');
    expect(stdout.split('\n').slice(1)).toEqual([
      '',
      '  plugin  mode        priority  hooks',
      '  first   enforce     10        tool_pre_invoke, tool_post_invoke',
      '  second  permissive  20        tool_pre_invoke (on conditions)',
      '  off     disabled    100       does not run',
      '',
    ]);
    expect(stdout).toMatch(/good\.yaml is valid\n/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('prints the same as JSON', async () => {
    const { exitCode, stdout } = await run('good.yaml', true);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      findings: [],
      plugins: [
        { name: 'first', kind: './guard.js', version: '1.2.3', mode: 'enforce', priority: 10 },
        { name: 'second', hooks: ['tool_pre_invoke'], hasConditions: true },
        { name: 'off', mode: 'disabled', hooks: [] },
      ],
    });
  });

  it('does not initialise plugins: their services need not be reachable', async () => {
    const { exitCode, stdout } = await run('unreachable.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('policy');
  });

  it('says that a file without plugins guards nothing', async () => {
    const { exitCode, stdout } = await run('empty.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('everything passes unguarded');
  });

  it('warns of a plugin without which the guard starts', async () => {
    const { exitCode, stdout } = await run('optional.yaml');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/optional\.yaml:3:5 warning PLUGIN_LOAD_FAILED/);
    expect(stdout).toContain('the model file is missing; the guard starts without it');
    expect(stdout).toContain('does not run: it could not be loaded');
  });
});

describe('validate on what only one of the hosts takes', () => {
  it('warns of a condition on the user, which `run` never knows', async () => {
    const { exitCode, stdout } = await run('by-user.yaml');
    expect(stdout).toMatch(/by-user\.yaml:4:5 warning IDENTITY_NOT_SUPPLIED/);
    expect(stdout).toContain('`mcpplugins run` does not start with it');
    expect(stdout).toMatch(/by-user\.yaml is valid \(1 warning\)\n\n.*\n {2}guard +enforce/);
    expect(exitCode).toBe(0);
  });

  it('refuses it for `run`, and has nothing to say for the gateway', async () => {
    const forRun = await run('by-user.yaml', false, 'run');
    expect(forRun.exitCode).toBe(2);
    expect(forRun.stdout).toMatch(/by-user\.yaml:4:5 error IDENTITY_NOT_SUPPLIED/);
    const forGateway = await run('by-user.yaml', true, 'gateway');
    expect(forGateway.exitCode).toBe(0);
    expect(JSON.parse(forGateway.stdout)).toMatchObject({ ok: true, findings: [] });
  });
});

describe('validate on a file of a gateway', () => {
  it('finds what is wrong with its servers and with how it serves them, together with all else', async () => {
    const places = async (file: string, host?: 'run' | 'gateway') => {
      const { exitCode, stdout } = await run(file, true, host);
      const { findings } = JSON.parse(stdout) as {
        readonly findings: readonly { readonly path: string; readonly severity: string }[];
      };
      return [exitCode, findings.flatMap(({ path: at, severity }) => (severity === 'error' ? at : []))];
    };
    const ofGateway = ['servers.search.oauth', 'gateway.prot'];
    expect(await places('bad-gateway.yaml')).toEqual([2, ofGateway]);
    expect(await places('bad-gateway.yaml', 'gateway')).toEqual([2, ofGateway]);
    expect(await places('bad-gateway.yaml', 'run')).toEqual([0, []]);
    expect(await places('bad-servers.yaml')).toEqual([2, ['plugins[0].priorty', ...ofGateway]]);
    expect(await places('bad-servers.yaml', 'run')).toEqual([2, ['plugins[0].priorty']]);
  });
});

describe('validate on a plugin whose server is not there', () => {
  it('warns, at its `mcp`, and lists it as not loaded', async () => {
    const { exitCode, stdout } = await run('no-plugin-server.yaml');
    expect(stdout).toMatch(/no-plugin-server\.yaml:4:5 warning PEER_START_FAILED at plugins\[0\]\.mcp/);
    expect(stdout).toContain('what it offers is not checked');
    expect(stdout).toMatch(/away +enforce +100 +does not run: it could not be loaded/);
    expect(exitCode).toBe(0);
  });
});

const broken = [
  ['unknown-key', 4, 5, 'KEY_UNKNOWN', /priority/],
  ['unknown-kind', 3, 11, 'KIND_UNKNOWN', /Write "\.\/guard\.js"/],
  ['missing-file', 3, 11, 'MODULE_NOT_FOUND', /\.\/guard\.js/],
  ['unknown-hook', 5, 9, 'HOOK_NAME_UNKNOWN', /tool_pre_invoke/],
  ['not-installed', 3, 11, 'PACKAGE_NOT_INSTALLED', /npm install @acme\/guard/],
  ['throws', 3, 5, 'PLUGIN_LOAD_FAILED', /the model file is missing/],
  ['wrong-type', 4, 15, 'VALUE_INVALID', /integer|number/i],
  ['unknown-mode', 4, 11, 'VALUE_INVALID', /"enforce"|enforce\b/],
  ['unknown-setting', 5, 7, 'PLUGIN_SETTINGS_REJECTED', /wrod/],
  ['same-name', 4, 11, 'PLUGIN_NAME_DUPLICATE', /name of its own/],
  ['not-implemented', 4, 5, 'HOOK_NOT_IMPLEMENTED', /it implements tool_pre_invoke, tool_post_invoke/],
  ['missing-kind', 2, 5, 'KEY_MISSING', /kind/],
  ['unset-variable', 5, 13, 'VARIABLE_UNSET', /MCPPLUGINS_TEST_UNSET/],
  ['switches-off', 4, 5, 'DISABLE_NOT_ALLOWED', /allow_disable: true/],
] as const;

describe.each(broken)('validate on broken/%s.yaml', (name, line, column, code, advice) => {
  it(`names ${code} at ${line}:${column}, shows the line and says what to do`, async () => {
    const { exitCode, stdout, stderr } = await run(`broken/${name}.yaml`);
    expect(stdout).toContain(`broken/${name}.yaml:${line}:${column} error ${code}`);
    expect(stdout).toMatch(new RegExp(`^ *> ${line} \\| `, 'm'));
    expect(stdout).toMatch(advice);
    expect(stdout).toMatch(/1 error in .*\.yaml\n$/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  });

  it('gives the same place in JSON', async () => {
    const { exitCode, stdout } = await run(`broken/${name}.yaml`, true);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: [{ line, column, code, severity: 'error' }],
    });
  });
});

describe('validate on a file that is not YAML', () => {
  it('names the place and says what to do', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'validate-'));
    const file = path.join(folder, 'plugins.yaml');
    await writeFile(file, 'plugins:\n  - name: guard\n    kind: ./guard.js\n    hooks: [tool_pre_invoke\n');
    const { exitCode, stdout } = await run(file);
    await rm(folder, { recursive: true });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('plugins.yaml:4:28 error YAML_SYNTAX');
    expect(stdout).toContain('close every');
  });
});

describe('validate on a file that does not exist', () => {
  it('says so', async () => {
    const { exitCode, stdout } = await run('no-such-file.yaml');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/no-such-file\.yaml error FILE_NOT_FOUND/);
  });
});
