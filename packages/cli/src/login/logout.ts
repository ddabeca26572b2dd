import { FileTokenStore, loginKeyOf } from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { printable } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { findLoginServers, type LoginServersOptions } from './login-servers.js';
import { tokenFolder } from './token-folder.js';

/**
 * Forgets logins at servers. The servers learn nothing of it.
 * @throws ConfigError, and FrameworkError `SERVERS_MISSING`, `SERVERS_FILE_INVALID`, `LOGIN_NOT_CONFIGURED`, `TOKEN_STORE_UNUSABLE`
 */
export async function logout(options: LoginServersOptions, terminal: Terminal): Promise<ExitCode> {
  const tokens = new FileTokenStore(tokenFolder(terminal));
  for (const [name, { url, oauth = {} }] of await findLoginServers(options, terminal)) {
    const wasLoggedIn = await tokens.remove(loginKeyOf(url, oauth));
    const what = wasLoggedIn ? 'Logged out at' : 'Nobody was logged in at';
    terminal.stdout.write(`${what} server "${printable(name)}".\n`);
  }
  return exitCodes.ok;
}
