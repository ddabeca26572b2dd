import {
  block,
  FrameworkError,
  type HookHandlers,
  modify,
  type PluginMode,
  respond,
} from '@mcpplugins/framework-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession, startGuarded, type TestPlugin } from '../support/guarded-http.js';
import { startUpstream } from '../support/http-upstream.js';
import { stopAll } from '../support/start-http.js';

afterEach(stopAll);

const here = { url: 'http://127.0.0.1:1/mcp' };
const no = (reason = 'Not there') => block({ code: 'NO', reason });

/** Notes what is asked and told. */
function note(seen: unknown[]): HookHandlers {
  const asked =
    (what: string) =>
    ({ info }: { readonly info: Readonly<Record<string, unknown>> }): void =>
      void seen.push([what, info['name']]);
  const told =
    (what: string) =>
    (payload: {
      readonly info?: Readonly<Record<string, unknown>> | undefined;
      readonly operationSuccess: boolean;
      readonly errorDetails?: string | undefined;
    }): void =>
      void seen.push([what, payload.info?.['name'], payload.operationSuccess, payload.errorDetails]);
  return {
    server_pre_register: asked('register'),
    server_pre_update: asked('update'),
    server_pre_delete: asked('delete'),
    server_post_register: told('registered'),
    server_post_update: told('updated'),
    server_post_delete: told('deleted'),
  };
}

/** How a server is that nobody has asked for anything. */
const unused = { state: 'unknown', sessions: 0, starts: 0, failures: 0 };

describe('hooks of servers', () => {
  it('run at the start and at each change, for the servers that are concerned', async () => {
    const seen: unknown[] = [];
    const { gateway } = await startGuarded({ a: here, b: here }, [[note(seen)]]);
    expect(seen).toEqual([
      ['register', 'a'],
      ['register', 'b'],
      ['registered', 'a', true, undefined],
      ['registered', 'b', true, undefined],
    ]);
    seen.length = 0;
    const other = { url: 'http://127.0.0.1:2/mcp' };
    expect(await gateway.setServers({ b: other, c: here })).toEqual({
      added: ['c'],
      changed: ['b'],
      removed: ['a'],
      blocked: [],
    });
    expect(seen).toEqual([
      ['register', 'c'],
      ['update', 'b'],
      ['delete', 'a'],
      ['registered', 'c', true, undefined],
      ['updated', 'b', true, undefined],
      ['deleted', 'a', true, undefined],
    ]);
    seen.length = 0;
    await gateway.setServers({ b: other, c: here });
    expect(seen).toEqual([]);
  });

  it('see no credentials, and keep something from the hook before to the one after', async () => {
    const seen: unknown[] = [];
    await startGuarded({ s: { ...here, headers: { authorization: 'Bearer hunter2' } } }, [
      [
        {
          server_pre_register: ({ info }, context) => {
            context.local.set('step', 1);
            seen.push(info, context.serverId);
          },
          server_post_register: ({ info }, context) => void seen.push(info, context.local.get('step')),
        },
      ],
    ]);
    const info = { name: 's', ...here, headers: { authorization: '[redacted]' } };
    expect(seen).toEqual([info, 's', info, 1]);
  });

  it('leave a server as it was that they block, and say so', async () => {
    const seen: unknown[] = [];
    const blocked = new Set(['a']);
    const refuse = ({ info }: { readonly info: Readonly<Record<string, unknown>> }) =>
      blocked.has(String(info['name'])) ? no() : undefined;
    await using old = await startUpstream();
    await using young = await startUpstream();
    const plugins: readonly TestPlugin[] = [
      [{ server_pre_register: refuse, server_pre_update: refuse, server_pre_delete: refuse }],
      [note(seen)],
    ];
    const { gateway, url, lines } = await startGuarded({ a: here, b: { url: old.url }, c: here }, plugins);
    expect(gateway.serverNames).toEqual(['b', 'c']);
    expect(seen.slice(-3)).toEqual([
      ['registered', 'a', false, 'Not there'],
      ['registered', 'b', true, undefined],
      ['registered', 'c', true, undefined],
    ]);
    expect(lines).toEqual([
      ['server "a" is not served: Not there', { plugin: 'guard-1', hook: 'server_pre_register', code: 'NO' }],
    ]);
    const entry = { server: 'a', operation: 'register', plugin: 'guard-1', code: 'NO', reason: 'Not there' };
    const ready = await fetch(new URL('/ready', url));
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', servers: { b: unused, c: unused }, sessions: 0, blocked: [entry] },
    ]);
    expect((await fetch(new URL('/servers/a/mcp', url))).status).toBe(404);

    for (const name of ['b', 'c']) blocked.add(name);
    const changes = await gateway.setServers({ a: here, b: { url: young.url }, d: here });
    expect(changes).toEqual({
      added: ['d'],
      changed: [],
      removed: [],
      blocked: [
        entry,
        { ...entry, server: 'b', operation: 'update' },
        { ...entry, server: 'c', operation: 'delete' },
      ],
    });
    expect(gateway.serverNames).toEqual(['b', 'd', 'c']);
    await openSession(new URL('/servers/b/mcp', url));
    expect([old.methods.length, young.methods.length]).toEqual([1, 0]);

    blocked.clear();
    expect(await gateway.setServers({ a: here, b: { url: young.url }, d: here })).toEqual({
      added: ['a'],
      changed: ['b'],
      removed: ['c'],
      blocked: [],
    });
    await openSession(new URL('/servers/b/mcp', url));
    expect([old.methods.length, young.methods.length]).toEqual([1, 1]);
    expect(await (await fetch(new URL('/ready', url))).json()).toEqual({
      status: 'ready',
      servers: { a: unused, b: { state: 'ready', sessions: 1, starts: 1, failures: 0 }, d: unused },
      sessions: 1 + 1,
    });
  });

  it('keep a gateway from starting that would serve nothing', async () => {
    await expect(
      startGuarded({ a: here, b: here }, [[{ server_pre_register: () => no('Not by night') }]]),
    ).rejects.toMatchObject({
      code: 'SERVERS_BLOCKED',
      message: 'every server is blocked: "a" by "guard-1" (Not by night), "b" by "guard-1" (Not by night)',
    });
  });

  it('change a server, which is asked about again only when the configuration changes', async () => {
    await using upstream = await startUpstream();
    const seen: unknown[] = [];
    const servers = { s: { ...here, headers: { authorization: 'Bearer hunter2' } } };
    const { gateway, url } = await startGuarded(servers, [
      [
        {
          server_pre_register: ({ info, ...rest }) =>
            modify({ ...rest, info: { ...info, url: upstream.url } }),
        },
      ],
      [note(seen)],
      [{ server_post_register: ({ info }) => void seen.push(info?.['url']) }],
    ]);
    await openSession(url);
    expect(upstream.seen[0]?.authorization).toBe('Bearer hunter2');
    expect(seen.at(-1)).toBe(upstream.url);
    expect(await gateway.setServers(servers)).toEqual({ added: [], changed: [], removed: [], blocked: [] });
  });

  it.each<[string, HookHandlers['server_pre_register'], string]>([
    [
      'makes something of it that is no server',
      ({ info, ...rest }) => modify({ ...rest, info: { ...info, url: 'nowhere' } }),
      'SERVER_INFO_INVALID',
    ],
    [
      'gives it another name',
      ({ info, ...rest }) => modify({ ...rest, info: { ...info, name: 'other' } }),
      'PLUGIN_ERROR',
    ],
    ['answers in its place', () => respond({}), 'PLUGIN_ERROR'],
    [
      'fails',
      () => {
        throw new Error('broken');
      },
      'PLUGIN_ERROR',
    ],
    ['hangs', () => new Promise(() => undefined), 'PLUGIN_TIMEOUT'],
  ])('block a server when a plugin %s', async (_what, handler, code) => {
    const only: HookHandlers = {
      server_pre_register: (payload, context) =>
        payload.info['name'] === 's' ? handler?.(payload, context) : undefined,
    };
    const { gateway } = await startGuarded({ s: here, other: here }, [[only, { timeout: 0.05 }]]);
    expect(gateway.serverNames).toEqual(['other']);
    expect((await gateway.setServers({ s: here, other: here })).blocked).toMatchObject([
      { server: 's', code },
    ]);
  });

  it.each<[PluginMode, string, string]>([
    ['enforce_ignore_error', 'blocks', 'SERVERS_BLOCKED'],
    ['enforce_ignore_error', 'fails', 's'],
    ['permissive', 'blocks', 's'],
    ['permissive', 'fails', 's'],
    ['audit', 'blocks', 's'],
    ['fire_and_forget', 'blocks', 's'],
  ])('in mode %s, where a plugin %s, lead to: %s', async (mode, behaviour, result) => {
    const handler = () => {
      if (behaviour === 'fails') throw new Error('broken');
      return no();
    };
    const found = await startGuarded({ s: here }, [[{ server_pre_register: handler }, { mode }]]).then(
      ({ gateway }) => gateway.serverNames.join(),
      (error: unknown) => (FrameworkError.is(error) ? error.code : error),
    );
    expect(found).toBe(result);
  });

  it('change nothing after the fact', async () => {
    const { gateway, lines } = await startGuarded({ s: here }, [[{ server_post_register: () => no() }]]);
    expect(gateway.serverNames).toEqual(['s']);
    expect(lines.map(([line]) => line)).toEqual(['a block after the fact changes nothing of server "s"']);
  });

  it('let one change after the other happen', async () => {
    const order: unknown[] = [];
    const { gateway } = await startGuarded({ a: here }, [
      [
        {
          server_pre_register: async ({ info }) => {
            await new Promise((resolve) => setImmediate(resolve));
            order.push(info['name']);
          },
          server_pre_delete: ({ info }) => void order.push(`no ${String(info['name'])}`),
        },
      ],
    ]);
    await Promise.all([gateway.setServers({ b: here }), gateway.setServers({ c: here })]);
    expect(order).toEqual(['a', 'b', 'no a', 'c', 'no b']);
    expect(gateway.serverNames).toEqual(['c']);
  });

  it('are not called, and no host request is opened, while no plugin is on them', async () => {
    let opened = 0;
    const { gateway, manager } = await startGuarded({ a: here }, [[{ tool_pre_invoke: () => undefined }]]);
    const openRequest = manager.openRequest.bind(manager);
    manager.openRequest = (...given) => {
      opened++;
      return openRequest(...given);
    };
    await gateway.setServers({ b: here });
    expect([opened, gateway.serverNames]).toEqual([0, ['b']]);
  });

  it('are told when a server cannot be made, and what comes next is taken', async () => {
    const seen: unknown[] = [];
    const { gateway } = await startGuarded({ a: here }, [[note(seen)]]);
    seen.length = 0;
    await expect(gateway.setServers({ a: { url: 'nowhere' } })).rejects.toThrow();
    expect(seen).toEqual([
      ['update', 'a'],
      ['updated', 'a', false, expect.stringContaining('URL')],
    ]);
    expect((await gateway.setServers({ b: here })).added).toEqual(['b']);
  });
});
