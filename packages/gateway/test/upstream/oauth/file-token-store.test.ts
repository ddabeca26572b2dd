import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTokenStore } from '../../../src/upstream/oauth/file-token-store.js';
import { loginKeyOf } from '../../../src/upstream/oauth/stored-login.js';

const login = { authorizationServer: 'https://as.example', accessToken: 'access-secret', scopes: ['read'] };
const key = loginKeyOf('https://mcp.example/mcp?tenant=1#part', {});

let parent = '';
let folder = '';

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'mcpplugins-tokens-'));
  folder = path.join(parent, 'state', 'tokens');
});

afterEach(() => rm(parent, { recursive: true }));

async function onlyFile(): Promise<string> {
  const [file = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return path.join(folder, file);
}

describe('FileTokenStore', () => {
  it('keeps a login for the next process, in a file of its own user', async () => {
    await new FileTokenStore(folder).save(key, login);
    expect(await new FileTokenStore(folder).load(key)).toEqual(login);
    const file = await onlyFile();
    expect(path.basename(file)).toMatch(/^mcp\.example-[0-9a-f]{32}\.json$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('has none where none was kept, and says so when it is to be removed', async () => {
    const store = new FileTokenStore(folder);
    expect(await store.load(key)).toBeUndefined();
    expect(await store.remove(key)).toBe(false);
    await store.save(key, login);
    expect(await store.remove(key)).toBe(true);
    expect(await store.load(key)).toBeUndefined();
  });

  it('replaces a login as a whole', async () => {
    const store = new FileTokenStore(folder);
    await store.save(key, { ...login, refreshToken: 'refresh-secret' });
    await store.save(key, login);
    expect(await store.load(key)).toEqual(login);
    await onlyFile();
  });

  it('keeps logins apart by address, client and authorization server', async () => {
    const store = new FileTokenStore(folder);
    await store.save(key, login);
    const others = [
      loginKeyOf('https://mcp.example/mcp?tenant=2', {}),
      loginKeyOf('https://mcp.example/mcp', {}),
      loginKeyOf('https://mcp.example:8443/mcp?tenant=1', {}),
      loginKeyOf('https://mcp.example/mcp?tenant=1', { clientId: 'own' }),
      loginKeyOf('https://mcp.example/mcp?tenant=1', { issuer: 'https://as.example' }),
    ];
    for (const other of others) expect(await store.load(other)).toBeUndefined();
    expect(await store.load(loginKeyOf('https://mcp.example/mcp?tenant=1', {}))).toEqual(login);
  });

  it('does not use a file that was copied from another server', async () => {
    const store = new FileTokenStore(folder);
    await store.save(key, login);
    const text = await readFile(await onlyFile(), 'utf8');
    await writeFile(await onlyFile(), text.replace('tenant=1', 'tenant=2'));
    expect(await store.load(key)).toBeUndefined();
  });

  it.each([0o644, 0o640, 0o604, 0o620])('does not use a file of the mode %o', async (mode) => {
    const store = new FileTokenStore(folder);
    await store.save(key, login);
    await chmod(await onlyFile(), mode);
    await expect(store.load(key)).rejects.toMatchObject({
      code: 'TOKEN_STORE_UNSAFE',
      message: expect.stringContaining(`mode ${mode.toString(8)}`),
    });
  });

  it.each(['{', '{"version":2}', '"access-secret"'])(
    'says what to do about %s, without showing it',
    async (text) => {
      const store = new FileTokenStore(folder);
      await store.save(key, login);
      await writeFile(await onlyFile(), text);
      await expect(store.load(key)).rejects.toMatchObject({
        code: 'TOKEN_STORE_UNUSABLE',
        message: expect.not.stringContaining('access-secret'),
      });
    },
  );

  it('says that it cannot write', async () => {
    await writeFile(path.join(parent, 'state'), '');
    await expect(new FileTokenStore(folder).save(key, login)).rejects.toMatchObject({
      code: 'TOKEN_STORE_UNUSABLE',
    });
  });
});
