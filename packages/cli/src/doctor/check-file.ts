import { readFileSync, statSync } from 'node:fs';
import type { LoadedConfig } from '@mcpplugins/config-loader';
import type { Terminal } from '../terminal.js';
import type { Doubt } from './doubt.js';

const writableByOthers = 0o022;

/** Doubts about the file itself: who can change it, and what it takes from the environment. */
export function checkFile({ file }: LoadedConfig, env: Terminal['env']): readonly Doubt[] {
  return [...checkPermissions(file), ...checkDefaults(file, env)];
}

function checkPermissions(file: string): readonly Doubt[] {
  // Windows has access lists instead of these bits.
  if (process.platform === 'win32' || (statSync(file).mode & writableByOthers) === 0) return [];
  const message = `other users may write to ${file}`;
  return [{ plugin: undefined, severity: 'warning', code: 'FILE_WRITABLE_BY_OTHERS', message }];
}

function checkDefaults(file: string, env: Terminal['env']): readonly Doubt[] {
  const text = readFileSync(file, 'utf8').replaceAll(/^\s*#.*$/gm, '');
  const names = [...text.matchAll(/(?<!\$)\$\{([A-Za-z_]\w*):-/g)].map(([, name = '']) => name);
  return [...new Set(names)]
    .filter((name) => env[name] === undefined || env[name] === '')
    .map((name) => {
      const message = `${name} is not set: its default is used`;
      return { plugin: undefined, severity: 'notice', code: 'DEFAULT_USED', message };
    });
}
