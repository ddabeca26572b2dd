import { spawn } from 'node:child_process';
import type { Terminal } from '../terminal.js';

/** A program that opens the URL that is its last argument. */
interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/** What opens a browser: `BROWSER` if it is set, otherwise what the system has for it. */
export function browserOpener(
  { env }: Pick<Terminal, 'env'>,
  platform: NodeJS.Platform = process.platform,
): Opener {
  const { BROWSER: browser = '' } = env;
  if (browser !== '') return { program: browser, args: [] };
  if (platform === 'darwin') return { program: 'open', args: [] };
  // `start` belongs to the shell, which would read the URL as a command line.
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return { program: 'xdg-open', args: [] };
}

/** Opens a URL in a browser, without a shell. @param onFailure is called when there is none */
export function openBrowser(url: URL, terminal: Pick<Terminal, 'env'>, onFailure: () => void): void {
  const { program, args } = browserOpener(terminal);
  const child = spawn(program, [...args, url.href], {
    stdio: 'ignore',
    detached: true,
    env: { ...terminal.env },
  });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== null && code !== 0) onFailure();
  });
  child.unref();
}
