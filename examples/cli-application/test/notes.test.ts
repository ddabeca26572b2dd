import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../src/notes.js', import.meta.url));
let home: string;
let folder: string;

beforeAll(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), 'notes-')));
  folder = path.join(home, 'notes');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'today.txt'), 'Milk, and SSN 123-45-6789.\n');
  writeFileSync(path.join(home, 'diary.txt'), 'Dear diary\n');
});
afterAll(() => rmSync(home, { recursive: true }));

function notes(args: readonly string[], env: Readonly<Record<string, string>> = { NOTES_FOLDER: folder }) {
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { PATH, ...env } });
}

describe('the command', () => {
  it('prints a note without personal data', () => {
    const { status, stdout, stderr } = notes([path.join(folder, 'today.txt')]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Milk, and SSN (?!123-45-6789)\S+\n$/);
    expect(status).toBe(0);
  });

  it.each(['diary.txt', 'notes/../diary.txt'])('does not read what is outside of the folder: %s', (file) => {
    const { status, stdout, stderr } = notes([`${home}/${file}`]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^refused by folder: .+ \(FILE_PATH_BLOCKED\)\n$/);
    expect(status).toBe(3);
  });

  it('does not start without its folder, and says where that is missing', () => {
    const { status, stderr } = notes([path.join(folder, 'today.txt')], {});
    expect(stderr).toMatch(/plugins\.yaml:\d+:\d+ error/);
    expect(stderr).toContain('NOTES_FOLDER');
    expect(status).toBe(1);
  });

  it('says how it is used', () => {
    expect(notes([])).toMatchObject({ status: 2, stderr: 'usage: notes FILE\n' });
  });
});
