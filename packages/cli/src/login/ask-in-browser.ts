import { type AskPerson, readLoginAnswer } from '@mcpplugins/gateway';
import { printable } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { openBrowser } from './open-browser.js';
import { listenForRedirect } from './redirect-listener.js';

/** Milliseconds that a person gets for a login. */
const loginMs = 300_000;

/** How a person is asked. */
export interface AskOptions {
  readonly terminal: Terminal;
  /** Whether a browser is opened, or the address only printed. */
  readonly opensBrowser: boolean;
}

/** Lets a person log in in a browser on this machine: opens it, prints the address as well, and waits for it to come back. */
export function askInBrowser({ terminal, opensBrowser }: AskOptions): AskPerson {
  return async ({ server, redirectPort, begin, signal }) => {
    using listener = await listenForRedirect(redirectPort);
    const url = await begin(listener.url);
    const visit = listener.visit(url.searchParams.get('state') ?? '');
    const { stderr } = terminal;
    stderr.write(`Log in at server "${printable(server)}" with a browser on this machine:\n  ${url.href}\n`);
    if (opensBrowser)
      openBrowser(url, terminal, () =>
        stderr.write('No browser could be opened: open the address yourself.\n'),
      );
    return readLoginAnswer(await within(visit, signal));
  };
}

async function within(visit: Promise<URL>, signal: AbortSignal): Promise<URL> {
  let stop = (): void => {};
  const ended = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(new Error('the login was given up'));
    const onLate = (): void => reject(new Error(`nobody logged in within ${loginMs / 60_000} minutes`));
    const timer = setTimeout(onLate, loginMs);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([visit, ended]);
  } finally {
    stop();
  }
}
