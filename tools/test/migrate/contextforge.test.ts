import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  contextForgeSample,
  withoutCounterpart,
} from '../../../packages/config-loader/test/migrate/contextforge-sample.js';

const root = path.resolve(import.meta.dirname, '../../..');
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
    writeFileSync(path.join(folder, 'config.yaml'), contextForgeSample);
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(path.join(root, 'node_modules/@mcpplugins'), path.join(folder, 'node_modules/@mcpplugins'));
    const migrated = command('migrate', 'config.yaml');
    for (const name of withoutCounterpart)
      expect(migrated.stdout).toMatch(new RegExp(`line \\d+ ${name} .*: .*\\b(use|serve|leave)\\b`));

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
