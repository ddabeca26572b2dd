import { describe, expect, it, vi } from 'vitest';
import { stdioFaultServer } from '../../src/index.js';
import { errorCodeOf, isAlive, startHost } from '../support/start-host.js';

describe('a plugin server over stdio that misbehaves in a call', () => {
  it.each([
    ['X5 answers with another id', 'wrong-id', 'PEER_PROTOCOL'],
    ['X6 answers with a null result', 'null-result', 'PEER_PROTOCOL'],
    ['X6 answers with result and error both', 'both-result-and-error', 'PEER_PROTOCOL'],
    ['X6 answers with content that is no array', 'content-no-array', 'WIRE_INVALID'],
    ['X15 answers with JSON that is nested 20 000 deep', 'deep', 'PAYLOAD_TOO_LARGE'],
    ['X32 exits', 'ends', 'PEER_LOST'],
    ['X32 is killed', 'cut', 'PEER_LOST'],
    ['X34 writes a line that is too long', 'huge', 'PEER_RESPONSE_TOO_LARGE'],
    ['answers with a JSON-RPC error', 'rpc-error', 'REMOTE_PLUGIN_ERROR'],
    ['answers with an MCP error result', 'is-error', 'REMOTE_PLUGIN_ERROR'],
    ['X21 sends 50 000 notifications', 'many-notifications', 'PEER_PROTOCOL'],
  ])('%s: blocks at once in enforce, and the next good call goes through', async (_, fault, code) => {
    // With a minute for each call, whatever waits for the deadline does not end within the time of the test.
    await using host = await startHost(stdioFaultServer(), { config: { timeout: 60 } });
    const outcome = await host.call({ fault });
    expect(outcome.continueProcessing).toBe(false);
    expect(errorCodeOf(outcome)).toBe(code);
    await host.callUntilGood();
  });

  it.each([
    ['X11 never answers', 'silence'],
    ['X6 answers without an id', 'no-id'],
    ['X33 stops in the middle of a line', 'half-line'],
  ])('%s: blocks at the deadline', async (_, fault) => {
    await using host = await startHost(stdioFaultServer(), { config: { timeout: 0.2 } });
    expect(errorCodeOf(await host.call({ fault }))).toBe('PLUGIN_TIMEOUT');
  });

  it('X7 the same answer three times: the first counts', async () => {
    await using host = await startHost(stdioFaultServer());
    expect((await host.call({ fault: 'three-times' })).continueProcessing).toBe(true);
    expect((await host.call()).continueProcessing).toBe(true);
  });

  it('X16 __proto__ in an answer changes no prototype', async () => {
    await using host = await startHost(stdioFaultServer());
    const outcome = await host.call({ fault: 'prototype' });
    expect(outcome.continueProcessing).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('X19 an answer to an earlier call, which ran out of time, is not taken for the next', async () => {
    await using host = await startHost(stdioFaultServer(), { config: { timeout: 0.2 } });
    await host.call({ fault: 'keep-for-later' });
    const outcome = await host.call({ fault: 'send-late' });
    expect(outcome).toMatchObject({ continueProcessing: true });
    expect(outcome.modifiedPayload).toBeUndefined();
  });

  it('X20 a request for sampling is declined', async () => {
    await using host = await startHost(stdioFaultServer());
    expect((await host.call({ fault: 'sampling' })).metadata).toMatchObject({ refusedWith: -32_601 });
  });

  it('X31 log lines on stdout are passed over and reported without their text', async () => {
    await using host = await startHost(stdioFaultServer());
    expect((await host.call({ fault: 'garbage' })).continueProcessing).toBe(true);
    expect(host.log.filter((line) => line.includes('not JSON'))).toHaveLength(2);
    expect(host.log.join('\n')).not.toContain('a log line');
  });

  it('X35 a child that is stuck in a loop is ended and started anew', async () => {
    await using host = await startHost(stdioFaultServer(), { config: { timeout: 0.2 }, pingTimeoutMs: 200 });
    const before = (await host.call()).metadata['pid'];
    expect(errorCodeOf(await host.call({ fault: 'blocked-loop' }))).toBe('PLUGIN_TIMEOUT');
    const after = (await host.callUntilGood()).metadata['pid'];
    expect(after).not.toBe(before);
    await vi.waitFor(() => expect(isAlive(before)).toBe(false), 5000);
  });

  it('X37 a flood on stderr holds nothing up', async () => {
    await using host = await startHost(stdioFaultServer());
    expect((await host.call({ fault: 'stderr-flood' })).continueProcessing).toBe(true);
  });

  it('X26 takes state back, but neither identity nor metadata of the request', async () => {
    await using host = await startHost(stdioFaultServer({ startFault: 'foreign-context' }));
    await host.call();
    expect(host.request.global).toMatchObject({
      requestId: 'r1',
      user: 'ada',
      tenantId: undefined,
      metadata: {},
    });
  });

  it('X40 the child gets a few variables and those of its own block, no others', async () => {
    process.env['SECRET_OF_ANOTHER_PLUGIN'] = 'x';
    try {
      await using host = await startHost({ ...stdioFaultServer(), env: { OWN_KEY: 'y' } });
      const { names } = (await host.call({ fault: 'environment' })).metadata as { names: string[] };
      expect(names).toContain('OWN_KEY');
      expect(names).not.toContain('SECRET_OF_ANOTHER_PLUGIN');
    } finally {
      delete process.env['SECRET_OF_ANOTHER_PLUGIN'];
    }
  });

  it('X29 calls behind a hung plugin are bounded: the excess fails at once', async () => {
    await using host = await startHost(stdioFaultServer(), {
      config: { timeout: 1 },
      maxConcurrentCalls: 2,
      maxQueuedCalls: 10,
    });
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => host.call({ fault: 'silence' })));
    const codes = outcomes.map(errorCodeOf);
    expect(codes.filter((code) => code === 'PEER_BUSY')).toHaveLength(988);
    expect(codes.filter((code) => code === 'PLUGIN_TIMEOUT')).toHaveLength(12);
  });
});

describe('a plugin server over stdio that does not start', () => {
  it.each([
    [
      'X30 exits at once',
      stdioFaultServer({ startFault: 'exit-at-once' }),
      /exit code 3.*cannot read plugins.yaml/s,
    ],
    ['X30 prints its usage', stdioFaultServer({ startFault: 'usage' }), /exit code 64/],
    [
      'X41 is a script outside',
      { proto: 'STDIO', script: '../payload-for.test.ts' },
      /outside of the folder/,
    ],
    ['X30 does not exist', { proto: 'STDIO', cmd: ['no-such-command-here'] }, /no-such-command-here/],
    ['X30 is no program', { proto: 'STDIO', cmd: ['./plugin-server.mjs'] }, /plugin-server.mjs/],
    [
      'X24 is an MCP server of another kind',
      stdioFaultServer({ startFault: 'not-a-plugin-server' }),
      /no plugin server/,
    ],
    [
      'X24 speaks no revision that is known',
      stdioFaultServer({ startFault: 'future-revision' }),
      /2999-01-01/,
    ],
    [
      'X24 does not have the plugin',
      stdioFaultServer({ startFault: 'unknown-plugin' }),
      /no plugin "guard".*other/,
    ],
    [
      'X24 has a plugin of another name',
      stdioFaultServer({ startFault: 'other-name' }),
      /no plugin "guard".*other/,
    ],
    [
      'X24 has the plugin in another case',
      stdioFaultServer({ startFault: 'other-case' }),
      /"GUARD"; write its name like that/,
    ],
    [
      'X24 has only hooks that are not here',
      stdioFaultServer({ startFault: 'unknown-hooks' }),
      /identity_resolve/,
    ],
  ])('%s: the host does not start and says why', async (_, mcp, message) => {
    await expect(startHost(mcp)).rejects.toThrow(message);
  });

  it('X24 lacks a hook that the configuration names', async () => {
    const starting = startHost(stdioFaultServer(), { config: { hooks: ['prompt_pre_fetch'] } });
    await expect(starting).rejects.toThrow(/does not run on prompt_pre_fetch; it runs on tool_pre_invoke/);
  });

  it('is given up when it says nothing', async () => {
    await expect(
      startHost(stdioFaultServer({ startFault: 'silent' }), { startTimeoutMs: 300 }),
    ).rejects.toThrow(/did not start/);
  });

  it('X25 says that its mode is disabled and its conditions never hold: the local configuration decides', async () => {
    await using host = await startHost(stdioFaultServer({ startFault: 'says-disabled' }));
    expect((await host.call()).metadata).toHaveProperty('pid');
    expect(host.manager.config.plugins[0]).toMatchObject({ mode: 'enforce', priority: 100, conditions: [] });
  });
});

describe('a plugin server over stdio that comes to its end', () => {
  it.each([
    ['X36 ignores the end of stdin and SIGTERM', 'ignore-everything'],
    ['X38 has a child of its own', 'grandchild'],
  ] as const)('%s: is gone with its whole group when the host lets go', async (_, fault) => {
    const host = await startHost(stdioFaultServer({ startFault: fault }), { closeGraceMs: 100 });
    const { pid } = (await host.call()).metadata;
    const group = Number(pid);
    await host[Symbol.asyncDispose]();
    // Whoever was not our own child is reaped by another process, a moment later.
    await vi.waitFor(() => expect([isAlive(group), isAlive(-group)]).toEqual([false, false]), 5000);
  });
});
