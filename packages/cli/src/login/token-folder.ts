import { homedir } from 'node:os';
import path from 'node:path';
import type { Terminal } from '../terminal.js';

/**
 * The folder in which logins at servers are kept, for this user alone.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function tokenFolder(
  { env }: Pick<Terminal, 'env'>,
  platform: NodeJS.Platform = process.platform,
): string {
  return path.join(stateFolder(env, platform), 'mcpplugins', 'tokens');
}

function stateFolder(env: Terminal['env'], platform: NodeJS.Platform): string {
  const { XDG_STATE_HOME: stateHome = '', LOCALAPPDATA: localData = '', HOME: home = '' } = env;
  if (platform === 'win32' && localData !== '') return localData;
  if (platform !== 'win32' && path.isAbsolute(stateHome)) return stateHome;
  return path.join(home === '' ? homedir() : home, '.local', 'state');
}
