import { FileTokenStore, logIn } from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { printable } from '../output/write.js';
import { watchSignals } from '../run/process-watch.js';
import type { Terminal } from '../terminal.js';
import { askInBrowser } from './ask-in-browser.js';
import { findLoginServers, type LoginServersOptions } from './login-servers.js';
import { tokenFolder } from './token-folder.js';

/** What `login` takes. */
export interface LoginOptions extends LoginServersOptions {
  readonly opensBrowser: boolean;
}

/**
 * Lets a person log in at servers, one after the other, and keeps the logins for the gateway.
 * @throws ConfigError, and FrameworkError `SERVERS_MISSING`, `SERVERS_FILE_INVALID`, `LOGIN_NOT_CONFIGURED`, `UPSTREAM_LOGIN_FAILED`,
 * `REDIRECT_PORT_UNUSABLE`, `TOKEN_STORE_UNUSABLE`
 */
export async function login(options: LoginOptions, terminal: Terminal): Promise<ExitCode> {
  const tokens = new FileTokenStore(tokenFolder(terminal));
  const askPerson = askInBrowser({ terminal, opensBrowser: options.opensBrowser });
  const giving = new AbortController();
  using _signals = watchSignals(terminal.events, () => giving.abort());
  for (const [name, server] of await findLoginServers(options, terminal)) {
    await logIn(name, server, { tokens, askPerson, signal: giving.signal });
    terminal.stdout.write(`Logged in at server "${printable(name)}".\n`);
  }
  return exitCodes.ok;
}
