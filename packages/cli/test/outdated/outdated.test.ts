import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pluginFiles, ProjectFolder } from '../support/project-folder.js';

const name = '@acme/plugin-word-guard';
let latest = '2.1.0';
let registry: Server;
let env: Readonly<Record<string, string>>;

/** The registry's answer about a package: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
const metadata = () =>
  JSON.stringify({
    name,
    'dist-tags': { latest },
    versions: {
      [latest]: { name, version: latest, dist: { tarball: 'http://127.0.0.1/x.tgz', shasum: '0' } },
    },
  });

beforeAll(async () => {
  registry = createServer((request, response) => {
    const isKnown = decodeURIComponent(request.url ?? '').startsWith(`/${name}`);
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isKnown ? metadata() : '{"error":"not found"}');
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  env = registryAt(`http://127.0.0.1:${port}/`);
});

afterAll(() => registry.close());

function registryAt(url: string): Readonly<Record<string, string>> {
  return {
    PATH: String(process.env['PATH']),
    npm_config_registry: url,
    npm_config_cache: `/tmp/mcpplugins-outdated-${process.pid}`,
    npm_config_fetch_retries: '0',
  };
}

interface Found {
  readonly ok: boolean;
  readonly packages: readonly {
    readonly kind: string;
    readonly isOutdated: boolean;
    readonly latest?: string;
  }[];
}

async function outdated(project: ProjectFolder, ...words: readonly string[]) {
  const { exitCode, stdout, stderr } = await project.run(['outdated', ...words], env);
  return { exitCode, stdout, stderr };
}

describe('mcpplugins outdated, with npm', () => {
  it('says that everything is up to date, and what the registry does not have', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    latest = '2.1.0';
    const { exitCode, stdout } = await outdated(project);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/@acme\/plugin-word-guard +2\.1\.0 +2\.1\.0\n/);
    expect(stdout).toMatch(/@mcpplugins\/plugin-pii-filter +\S+ +not in the registry\n/);
    expect(stdout).toContain('Every plugin is up to date.');
  });

  it('names a newer version and how to get it, also as JSON', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    latest = '2.10.0';
    const { exitCode, stdout } = await outdated(project);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Update: npm install ${name}@latest`);
    const { packages, ok } = JSON.parse((await outdated(project, '--json')).stdout) as Found;
    expect(ok).toBe(false);
    expect(packages.filter(({ isOutdated }) => isOutdated)).toMatchObject([{ kind: name, latest: '2.10.0' }]);
  });

  it('says when a manifest has another version than its package', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const manifest = String(pluginFiles['plugin-manifest.yaml']).replace('2.1.0', '2.0.0');
    await project.write({ [`node_modules/${name}/plugin-manifest.yaml`]: manifest });
    latest = '2.1.0';
    const { exitCode, stdout } = await outdated(project);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('its manifest says 2.0.0');
  });

  it('says that the registry cannot be reached', async () => {
    await using project = await ProjectFolder.create();
    await project.install();
    const { exitCode, stderr } = await project.run(['outdated'], registryAt('http://127.0.0.1:9/'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('REGISTRY_UNAVAILABLE');
    expect(stderr).toMatch(/Check the network/);
  });
});
