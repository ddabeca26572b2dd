import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { LoginAnswer, PersonalLogin } from '@mcpplugins/gateway';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askInBrowser } from '../../src/login/ask-in-browser.js';
import { recordingTerminal } from '../support/recording-terminal.js';

interface Asked {
  readonly answer: Promise<LoginAnswer>;
  /** Where the browser is to come back to. */
  readonly redirectUrl: Promise<URL>;
  readonly stderr: () => string;
}

/** Asks for a login at `https://as.example/`, which is sent with the state `s1`. */
function ask(login: Partial<PersonalLogin> = {}, env: Readonly<Record<string, string>> = {}): Asked {
  const terminal = recordingTerminal({ env });
  let begun = (_url: URL): void => {};
  const redirectUrl = new Promise<URL>((resolve) => {
    begun = resolve;
  });
  const answer = askInBrowser({ terminal, opensBrowser: Object.keys(env).length > 0 })({
    server: 'notes',
    redirectPort: undefined,
    signal: new AbortController().signal,
    begin: async (url) => {
      begun(url);
      return new URL('https://as.example/?state=s1');
    },
    ...login,
  });
  return { answer, redirectUrl, stderr: () => terminal.stderr.text };
}

async function visit(base: URL, address: string): Promise<readonly [number, string]> {
  const response = await fetch(new URL(address, base));
  return [response.status, await response.text()];
}

afterEach(() => vi.useRealTimers());

describe('askInBrowser', () => {
  it('prints where to log in, and reads what the browser comes back with', async () => {
    const { answer, redirectUrl, stderr } = ask();
    const at = await redirectUrl;
    expect(at.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    await expect
      .poll(stderr)
      .toBe('Log in at server "notes" with a browser on this machine:\n  https://as.example/?state=s1\n');
    const [status, page] = await visit(at, '?state=s1&code=c&iss=i');
    expect([status, page]).toEqual([200, expect.stringContaining('You can close this window.')]);
    expect(await answer).toMatchObject({ code: 'c', state: 's1', iss: 'i' });
  });

  it('turns everybody else away, and goes on waiting', async () => {
    const { answer, redirectUrl, stderr } = ask();
    const at = await redirectUrl;
    await expect.poll(stderr).not.toBe('');
    expect((await visit(at, '?state=other&code=evil'))[0]).toBe(400);
    expect((await visit(at, '?error=access_denied'))[0]).toBe(400);
    expect((await visit(at, '/other?state=s1'))[0]).toBe(404);
    expect((await fetch(`${at.href}?state=s1`, { method: 'POST' })).status).toBe(404);
    expect((await visit(at, '?state=s1&code=c'))[0]).toBe(200);
    expect(await answer).toMatchObject({ code: 'c' });
  });

  it('shows what failed, as text', async () => {
    const { answer, redirectUrl, stderr } = ask();
    const at = await redirectUrl;
    await expect.poll(stderr).not.toBe('');
    const [status, page] = await visit(
      at,
      `?state=s1&error=x&error_description=${encodeURIComponent('<b>"no"</b>')}`,
    );
    expect([status, page]).toEqual([400, expect.stringContaining('&lt;b&gt;&quot;no&quot;&lt;/b&gt;')]);
    expect(await answer).toMatchObject({ error: 'x', errorDescription: '<b>"no"</b>' });
  });

  it('gives up after five minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { answer, redirectUrl } = ask();
    await redirectUrl;
    await Promise.all([
      expect(answer).rejects.toThrow('nobody logged in within 5 minutes'),
      vi.advanceTimersByTimeAsync(300_000),
    ]);
  });

  it('gives up when nobody waits any more', async () => {
    const giving = new AbortController();
    const { answer, redirectUrl } = ask({ signal: giving.signal });
    await redirectUrl;
    giving.abort();
    await expect(answer).rejects.toThrow('the login was given up');
  });

  it('says that no browser could be opened', async () => {
    const { answer, redirectUrl, stderr } = ask({}, { BROWSER: '/no/such/browser' });
    const at = await redirectUrl;
    await expect.poll(stderr).toContain('No browser could be opened: open the address yourself.');
    await visit(at, '?state=s1&code=c');
    await answer;
  });

  it('says that the port for the way back is taken', async () => {
    await using taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(ask({ redirectPort: port }).answer).rejects.toMatchObject({
      code: 'REDIRECT_PORT_UNUSABLE',
    });
  });
});
