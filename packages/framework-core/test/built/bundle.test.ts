import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';

const folder = resolve(import.meta.dirname, '../..');
const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

async function bundle(entry: string, platform: 'browser' | 'neutral', external: string[] = []) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    outdir: 'out',
    metafile: true,
    format: 'esm',
    target: 'es2023',
    platform,
    mainFields: ['module', 'main'],
    external,
    // Its warnings are about imports that a package without side effects need not have.
    logLevel: 'error',
  });
  const chunks = outputFiles.map(({ path, contents }) => {
    const output = metafile.outputs[relative(folder, path)];
    if (output === undefined) throw new Error(`esbuild does not say what ${path} is`);
    return { ...output, path: relative(folder, path), contents };
  });
  const externals = chunks.flatMap(({ imports }) => imports.flatMap((to) => (to.external ? to.path : [])));
  return { chunks, externals: [...new Set(externals)] };
}

type Chunk = Awaited<ReturnType<typeof bundle>>['chunks'][number];

/** What an importer of `entry` loads at once; the rest is loaded when a manager needs it. */
function loadedAtOnce(chunks: readonly Chunk[], entry: string): readonly Chunk[] {
  const loaded = chunks.filter(({ entryPoint }) => entryPoint === entry);
  for (const { imports } of loaded) {
    const paths = imports.flatMap(({ kind, path }) => (kind === 'import-statement' ? path : []));
    loaded.push(...chunks.filter((chunk) => paths.includes(chunk.path) && !loaded.includes(chunk)));
  }
  return loaded;
}

function bytesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { contents }) => sum + contents.byteLength, 0);
}

describe('the main entry, minified, without zod', () => {
  const entry = 'src/index.ts';

  it('is under 40 KB, 15 KB compressed, with everything that is loaded later under 71 KB', async () => {
    const { chunks, externals } = await bundle(entry, 'neutral', ['zod']);
    const atOnce = loadedAtOnce(chunks, entry);
    expect(bytesOf(atOnce)).toBeLessThan(40 * 1024);
    expect(gzipSync(Buffer.concat(atOnce.map(({ contents }) => contents))).byteLength).toBeLessThan(
      15 * 1024,
    );
    expect(bytesOf(chunks)).toBeLessThan(71 * 1024);
    expect(externals).toEqual(['zod']);
  });

  it('loads later exactly this', async () => {
    const { chunks } = await bundle(entry, 'neutral', ['zod']);
    const atOnce = loadedAtOnce(chunks, entry);
    const later = chunks.filter((chunk) => !atOnce.includes(chunk));
    expect(later.flatMap(({ entryPoint }) => entryPoint ?? []).toSorted()).toEqual([
      'src/contracts/built-in-contracts.ts',
      'src/execution/background-run.ts',
      'src/execution/band-run.ts',
      'src/execution/conditions.ts',
      'src/manager/generation-builder.ts',
    ]);
  });
});

describe('the built package', () => {
  it.each(['browser', 'neutral'] as const)(
    'bundles for a worker runtime (%s): nothing of Node is imported',
    async (platform) => {
      expect((await bundle('dist/index.js', platform)).externals).toEqual([]);
    },
  );

  it('runs from one file, where a bundler makes no chunks', async () => {
    const folderOfBundle = mkdtempSync(join(tmpdir(), 'mcpplugins-bundle-'));
    onTestFinished(() => rmSync(folderOfBundle, { recursive: true }));
    const file = join(folderOfBundle, 'core.mjs');
    await build({
      entryPoints: [join(folder, 'dist/index.js')],
      outfile: file,
      bundle: true,
      minify: true,
      format: 'esm',
      logLevel: 'error',
    });
    const { block, definePlugin, PluginManager } = (await import(
      pathToFileURL(file).href
    )) as typeof import('../../src/index.js');
    const refusing = definePlugin({
      name: 'refusing',
      hooks: () => ({ tool_pre_invoke: () => block({ code: 'NO', reason: 'no' }) }),
    });
    const config = { name: 'refusing', kind: 'refusing', conditions: [{ tools: ['rm'] }] };
    const manager = await PluginManager.start({ plugins: [{ config, load: () => refusing }] });
    const codes = ['rm', 'ls'].map(async (name) => {
      const { outcome } = await manager.invokeHook('tool_pre_invoke', { name, args: {} });
      return outcome.violation?.code;
    });
    expect(await Promise.all(codes)).toEqual(['NO', undefined]);
    await manager.shutdown();
  });

  it('has the contracts of its manager in an entry of their own', async () => {
    const built = (file: string) =>
      import(pathToFileURL(join(folder, 'dist', file)).href) as Promise<unknown>;
    const { PluginManager } = (await built('index.js')) as typeof import('../../src/index.js');
    const { toolPreInvoke } = (await built(
      'contracts/index.js',
    )) as typeof import('../../src/contracts/index.js');
    const manager = await PluginManager.start({ plugins: [] });
    const { outcome } = await manager.invokeHook(toolPreInvoke, { name: 'echo', args: {} });
    expect(outcome.continueProcessing).toBe(true);
    await manager.shutdown();
  });

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
