import { describe, expect, it } from 'vitest';
import { cliFolder, wordsModule } from '../support/cli-folder.js';

const files = {
  'mcpplugins.yaml':
    'plugins:\n  - name: w\n    kind: ./words.js\n    config: { words: ["${WORD}"], api_key: abc123 }\n',
  'mcpplugins.prod.yaml': 'plugins: [{ name: w, mode: audit }]\n',
  'local.yaml': 'plugins: [{ name: w, priority: 7 }]\n',
  'words.js': wordsModule,
};
const env = { WORD: 'CANARY-7b1f' };

describe('print-config', () => {
  it('prints what is in effect, without secrets', async () => {
    const { run } = cliFolder(files);
    const { exitCode, stdout, stderr } = await run(['print-config'], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      'plugins:\n  - name: w\n    kind: ./words.js\n    config:\n      words:\n        - ${WORD}\n      api_key: "[hidden]"\n',
    );
  });

  it('names the file and line of each value, through all overlays', async () => {
    const { run, folder } = cliFolder(files);
    const words = [
      'print-config',
      '-c',
      'mcpplugins.yaml',
      '--environment',
      'prod',
      '--overlay',
      'local.yaml',
      '--origins',
    ];
    const { stdout } = await run(words, env);
    expect(stdout.replaceAll(`${folder}/`, '')).toContain('kind: ./words.js # mcpplugins.yaml:3\n');
    expect(stdout).toContain(`mode: audit # ${folder}/mcpplugins.prod.yaml:1\n`);
    expect(stdout).toContain(`priority: 7 # ${folder}/local.yaml:1\n`);
  });

  it('prints the same as JSON', async () => {
    const { run } = cliFolder(files);
    const { exitCode, stdout } = await run(['print-config', '--json'], env);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      values: expect.arrayContaining([
        expect.objectContaining({ path: 'plugins[0].kind', shown: './words.js', line: 3, column: 11 }),
      ]) as unknown[],
    });
    expect(stdout).not.toContain(env.WORD);
    expect(stdout).not.toContain('abc123');
  });

  it('refuses a bad overlay, and a folder without configuration, with 2', async () => {
    const { run } = cliFolder({ ...files, 'local.yaml': 'plugins: [{ name: w, modee: audit }]\n' });
    const bad = await run(['print-config', '--overlay', 'local.yaml'], env);
    expect(bad).toMatchObject({ exitCode: 2, stdout: '' });
    expect(bad.stderr).toContain('local.yaml:1:22 error KEY_UNKNOWN');
    expect((await cliFolder({}).run(['print-config'])).stderr).toContain('CONFIG_NOT_GIVEN');
  });
});

describe('overlays', () => {
  it('count for validate, which names the file that is wrong', async () => {
    const { run } = cliFolder({
      ...files,
      'local.yaml': 'plugins:\n  - name: w\n    hooks: [tool_post_invoke]\n',
    });
    const { exitCode, stdout } = await run(['validate', 'mcpplugins.yaml', '--overlay', 'local.yaml'], env);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('local.yaml:3:5 error HOOK_NOT_IMPLEMENTED');
    const good = await run(['validate', 'mcpplugins.yaml', '--environment', 'prod'], env);
    expect(good.exitCode).toBe(0);
    expect(good.stdout).toContain('audit');
  });
});
