import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a folder with these files, in which the framework and zod are installed; removed after the test. */
export function configFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'config-loader-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['@mcpplugins/framework-core', 'zod']) {
    const installed = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(installed, link, 'dir');
  }
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** A plugin with settings: `words` (a list of texts, required) and `limit` (a whole number). */
export const guardModule = `
import { definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({
  words: z.array(z.string().min(1)),
  limit: z.int().positive().optional(),
  style: z.enum(['mask', 'block']).optional(),
});
export default definePlugin({ name: 'guard', settings, hooks: () => ({ tool_pre_invoke: () => undefined }) });
export const Quiet = definePlugin({ name: 'quiet', hooks: () => ({ tool_pre_invoke: () => undefined }) });
export const answer = 42;
`;
