import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../..');
const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

async function bundle(platform: 'browser' | 'neutral', external: string[] = []) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, 'dist/index.js')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    platform,
    mainFields: ['module', 'main'],
    external,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild wrote nothing');
  return { bytes: output.contents.byteLength, compressed: gzipSync(output.contents).byteLength, imports };
}

describe('the built package', () => {
  it('without zod: under 74 KB minified, under 24 KB compressed', async () => {
    const { bytes, compressed, imports } = await bundle('neutral', ['zod']);
    expect(bytes).toBeLessThan(74 * 1024);
    expect(compressed).toBeLessThan(24 * 1024);
    expect([...new Set(imports)]).toEqual(['zod']);
  });

  it.each(['browser', 'neutral'] as const)(
    'bundles for a worker runtime (%s): nothing of Node is imported',
    async (platform) => {
      expect((await bundle(platform)).imports).toEqual([]);
    },
  );

  it('has zod as its one dependency', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly dependencies: object;
    };
    expect(Object.keys(manifest.dependencies)).toEqual(['zod']);
  });
});

describe('the sources', () => {
  it.each(sources)('%s has at most 400 lines and imports nothing of Node', (file) => {
    const text = readFileSync(join(folder, 'src', file), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(400);
    expect(text).not.toMatch(/from 'node:/);
  });
});
