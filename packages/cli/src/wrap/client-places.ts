import { homedir } from 'node:os';
import path from 'node:path';
import type { Terminal } from '../terminal.js';
import { clientTable } from './client-table.js';

/** A file of a client, with absolute path. */
export interface ClientPlace {
  readonly client: string;
  readonly title: string;
  readonly file: string;
  readonly sections: readonly (readonly string[])[];
  readonly isShared: boolean;
}

/** Where the files of every client of the table are for this user, whether they are there or not. */
export function clientPlaces(
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
  platform: NodeJS.Platform = process.platform,
): readonly ClientPlace[] {
  const isWindows = platform === 'win32';
  const paths = isWindows ? path.win32 : path.posix;
  const home = env[isWindows ? 'USERPROFILE' : 'HOME'] || homedir();
  const values = { home, folder: cwd, appData: appDataFolder() };
  const fill = (text: string) =>
    text.replaceAll(/\{(home|folder|appData)\}/g, (_, name: keyof typeof values) => values[name]);
  return clientTable.flatMap(({ id, title, files }) =>
    files.map((file) => ({
      client: id,
      title,
      file: paths.normalize(fill(file.path)),
      sections: file.sections.map((keys) => keys.map(fill)),
      isShared: file.isShared === true,
    })),
  );

  function appDataFolder(): string {
    if (isWindows) return env['APPDATA'] || paths.join(home, 'AppData', 'Roaming');
    if (platform === 'darwin') return paths.join(home, 'Library', 'Application Support');
    return env['XDG_CONFIG_HOME'] || paths.join(home, '.config');
  }
}
