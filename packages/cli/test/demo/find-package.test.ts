import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPackage } from '../../src/demo/find-package.js';

describe('findPackage', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'find-package-'));
    const installed = path.join(root, 'node_modules', '@scope', 'server');
    await mkdir(installed, { recursive: true });
    await mkdir(path.join(root, 'a', 'b'), { recursive: true });
    await writeFile(
      path.join(installed, 'package.json'),
      JSON.stringify({ version: '4.5.6', bin: { server: 'dist/index.js' } }),
    );
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it('finds a package in a folder above, as Node does', () => {
    const folder = path.join(root, 'node_modules', '@scope', 'server');
    expect(findPackage('@scope/server', path.join(root, 'a', 'b'))).toEqual({
      folder,
      version: '4.5.6',
      command: path.join(folder, 'dist', 'index.js'),
    });
  });

  it('answers with nothing for a package that is not installed', () => {
    expect(findPackage('@scope/other', path.join(root, 'a', 'b'))).toBeUndefined();
  });
});
