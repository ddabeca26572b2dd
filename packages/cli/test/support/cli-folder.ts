import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/run-cli.js';
import { recordingTerminal } from './recording-terminal.js';

const require = createRequire(import.meta.url);

/** A folder with these files and installed packages, in which command lines are run; removed after the test. */
export function cliFolder(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = ['@mcpplugins/framework-core', 'zod'],
) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of packages) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.dirname(require.resolve(`${name}/package.json`)), link, 'dir');
  }
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return {
    folder,
    run: async (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const terminal = recordingTerminal({ cwd: folder, env });
      const exitCode = await runCli(words, terminal);
      return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
    },
  };
}

/** A plugin with settings. */
export const wordsModule = `
import { definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({ words: z.array(z.string().max(20)), api_key: z.string().optional() });
export default definePlugin({ name: 'words', settings, hooks: () => ({ tool_pre_invoke: () => undefined }) });
`;
