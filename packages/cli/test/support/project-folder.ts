import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCli } from '../../src/run-cli.js';
import { fixtures } from './run-process.js';
import { recordingTerminal } from './recording-terminal.js';

const manifest = `name: WordGuard
kind: '@acme/plugin-word-guard'
description: Refuses a word
author: Acme
version: 2.1.0
available_hooks: [tool_pre_invoke, tool_post_invoke]
tags: [words]
default_config:
  word: forbidden
`;

/** Files of an installed plugin package, by their path in it. */
export const pluginFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: '@acme/plugin-word-guard',
    version: '2.1.0',
    type: 'module',
    exports: './index.js',
    keywords: ['mcpplugins-plugin'],
  }),
  'index.js': "export { default } from '../../../../guard.js';\n",
  'plugin-manifest.yaml': manifest,
};

/** A folder of a user: below the fixtures, so that what is installed here is found from it as well. */
export class ProjectFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  static async create(files: Readonly<Record<string, string>> = {}): Promise<ProjectFolder> {
    const project = new ProjectFolder(await mkdtemp(path.join(fixtures, '.project-')));
    await project.write(files);
    return project;
  }

  /** Installs the plugin `@acme/plugin-word-guard`. */
  async install(): Promise<void> {
    const folder = 'node_modules/@acme/plugin-word-guard';
    await this.write(
      Object.fromEntries(Object.entries(pluginFiles).map(([name, text]) => [`${folder}/${name}`, text])),
    );
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.path, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  async run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const terminal = recordingTerminal({ cwd: this.path, env });
    const exitCode = await runCli(words, terminal);
    return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}
