import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPluginServer } from '../../src/index.js';

const directory = path.join(import.meta.dirname, '../fixtures');

function verify(...mistakes: readonly string[]) {
  return verifyPluginServer({
    mcp: { proto: 'STDIO', script: 'plugin-server.mjs', args: mistakes },
    directory,
    env: {},
  });
}

describe('verifyPluginServer', () => {
  it('finds nothing wrong with a server that does everything right', async () => {
    const { ok, dialect, plugins, checks } = await verify();
    expect(checks.filter(({ status }) => status !== 'holds')).toEqual([]);
    expect({ ok, dialect, plugins }).toEqual({ ok: true, dialect: 'invoke_hook', plugins: ['Guard'] });
    expect(checks.length).toBeGreaterThan(15);
  });

  it.each([
    ['no-tools', 'tools.dialect', 'fails', 'it has add'],
    ['no-hooks', 'config.fields', 'fails', 'hooks'],
    ['no-kind', 'config.fields', 'warning', 'kind'],
    ['null-lists', 'config.lists', 'warning', 'tags'],
    ['strange-mode', 'config.mode', 'warning', 'paranoid'],
    ['any-plugin', 'config.unknown', 'fails', 'hosts would take that for a plugin'],
    ['any-plugin', 'tool_pre_invoke.unknown-plugin', 'fails', 'there is no `error` in the reply'],
    ['any-payload', 'tool_pre_invoke.bad-payload', 'fails', 'there is no `error` in the reply'],
    ['any-tool', 'limits.unknown-tool', 'fails', 'as if there were such a tool'],
    ['bare', 'tool_pre_invoke.reply', 'warning', 'bare result'],
    ['short-violation', 'tool_pre_invoke.reply', 'warning', 'description, details'],
    ['log-text', 'tool_pre_invoke.reply', 'fails', 'Traceback'],
    ['structured-only', 'tool_pre_invoke.reply', 'fails', 'structuredContent only'],
    ['log-on-stdout', 'protocol.clean', 'warning', 'logs belong on stderr'],
    ['dies-of-depth', 'limits.deep', 'fails', 'has ended'],
    ['dies-of-great-depth', 'limits.deepest', 'warning', 'start the server anew'],
    ['dies-of-surrogates', 'limits.unicode', 'warning', 'start the server anew'],
  ])('says of the mistake %s: %s %s', async (mistake, id, status, words) => {
    const { ok, checks } = await verify(mistake);
    const found = checks.find((check) => check.id === id);
    expect(found?.status).toBe(status);
    expect(found?.explanation).toContain(words);
    expect(ok).toBe(!checks.some((check) => check.status === 'fails'));
  });

  it('says why a server cannot be started', async () => {
    const mcp = { proto: 'STDIO', cmd: ['no-such-command-here'] };
    await expect(verifyPluginServer({ mcp, directory, env: {} })).rejects.toMatchObject({
      code: 'PEER_START_FAILED',
    });
  });
});
