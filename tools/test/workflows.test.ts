import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../lib/packages.mjs';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const scripts = readManifest(root).scripts ?? {};
const workflows = readdirSync(folder).map((file): [string, Workflow] => [
  file,
  parse(readFileSync(join(folder, file), 'utf8')),
]);
const steps = workflows.flatMap(([, { jobs }]) => Object.values(jobs).flatMap((job) => job.steps));
const commands = [
  ...steps.flatMap(({ run }) => run?.split('\n') ?? []),
  ...steps.flatMap((step) => [step.with?.['version'], step.with?.['publish']]),
].filter((command) => typeof command === 'string');

describe('the workflows', () => {
  it('run npm scripts and tools that exist', () => {
    const names = commands.flatMap((command) => /^\s*npm (?:run )?([a-z:-]+)/.exec(command)?.[1] ?? []);
    const known = (name: string) => name === 'ci' || name === 'install' || Object.hasOwn(scripts, name);
    expect(names.filter((name) => !known(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['test', 'demo', 'pack-smoke', 'version', 'release']));
    for (const [, file = ''] of commands.flatMap((command) => [...command.matchAll(/node (tools\/\S+)/g)]))
      accessSync(join(root, file));
    accessSync(join(root, '.ci/run'), constants.X_OK);
  });

  it('test on every Node line that a package accepts and users run', () => {
    const matrices = workflows.flatMap(([, { jobs }]) =>
      Object.values(jobs).map((job) => job.strategy?.matrix['node']),
    );
    expect(matrices).toContainEqual([20, 22, 24, 26]);
  });

  it('let only the release job write, and give it the identity that provenance needs', () => {
    const writers = workflows.flatMap(([file, { permissions, jobs }]) => {
      const granted = [permissions, ...Object.values(jobs).map((job) => job.permissions)];
      return granted.some((one) => Object.values(one ?? {}).includes('write')) ? [file] : [];
    });
    expect(writers).toEqual(['release.yml']);
    const release = workflows.find(([file]) => file === 'release.yml')?.[1].jobs['release'];
    expect(release?.permissions).toEqual({
      contents: 'write',
      'pull-requests': 'write',
      'id-token': 'write',
    });
  });
});
