import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { validateConfig } from '@mcpplugins/config-loader';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { removePlugin } from './edit-plugins.js';

/** What `remove` takes. */
export interface RemoveOptions {
  /** Name of the plugin in the configuration. */
  readonly name: string;
  readonly config?: string | undefined;
  readonly json: boolean;
}

/**
 * Takes a plugin out of a configuration; its package stays installed.
 * @throws ConfigError when the rest is not valid, and FrameworkError `PLUGIN_NOT_FOUND`, `PLUGIN_NOT_EDITABLE`
 */
export async function remove({ name, config, json }: RemoveOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(config, terminal);
  const absolute = path.resolve(terminal.cwd, file);
  const text = removePlugin(readFileSync(absolute, 'utf8'), name);
  await validateConfig(text, { file: absolute, env: terminal.env });
  writeFileSync(absolute, text);
  const style = styleFor(terminal.stdout, terminal.env);
  if (json) writeJson(terminal.stdout, { ok: true, file, removed: name });
  else
    terminal.stdout.write(`${style.green(`${name} is no longer in ${file}`)}; its package stays installed\n`);
  return exitCodes.ok;
}
