import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const sample = readFileSync(
  path.join(root, 'packages/config-loader/test/fixtures/contextforge-config.yaml'),
  'utf8',
);
const folder = mkdtempSync(path.join(tmpdir(), 'contextforge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (...words: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'packages/cli/bin/mcpplugins.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('a configuration of ContextForge with 40 plugins', () => {
  it('goes through migrate, which names what to use instead, and then through validate', () => {
    mkdirSync(path.join(folder, 'plugins/external/clamav_server'), { recursive: true });
    // Its server is not here; the script that would start it is.
    writeFileSync(path.join(folder, 'plugins/external/clamav_server/run.py'), 'raise SystemExit(1)\n');
    writeFileSync(path.join(folder, 'config.yaml'), sample);
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(path.join(root, 'node_modules/@mcpplugins'), path.join(folder, 'node_modules/@mcpplugins'));
    const migrated = command('migrate', 'config.yaml');
    const advice = migrated.stdout.match(/line \d+ \w+ \(plugins\..*\).*: .*\b(use|serve|leave)\b/g);
    expect(advice).toHaveLength(35);

    const validated = command('validate', 'mcpplugins.yaml');
    expect(validated.stdout).toContain('mcpplugins.yaml is valid (3 warnings');
    expect(validated.stdout.match(/(?<=warning )\w+/g)).toEqual([
      'IDENTITY_NOT_SUPPLIED',
      'PEER_START_FAILED',
      'PEER_START_FAILED',
    ]);
    expect(validated.status).toBe(0);
  });
});
