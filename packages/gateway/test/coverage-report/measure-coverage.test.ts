import {
  definePlugin,
  type HookHandlers,
  PluginManager,
  type PluginConfigInput,
} from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { type Coverage, type CoveredServer, unguardedIn } from '../../src/coverage-report/coverage.js';
import { measureCoverage } from '../../src/coverage-report/measure-coverage.js';
import { httpGatewayHooks, httpIdentityFields } from '../../src/hook-points/hook-points.js';

const pass = (): undefined => undefined;
const calls = { tool_pre_invoke: pass, tool_post_invoke: pass } satisfies HookHandlers;

type Given = Partial<PluginConfigInput> & { readonly name: string };

function measure(
  servers: readonly CoveredServer[],
  ...plugins: readonly [Given, HookHandlers?][]
): Promise<Coverage> {
  return measureCoverage(
    (observers) =>
      PluginManager.start({
        fires: httpGatewayHooks,
        supplies: httpIdentityFields,
        compilePattern: (pattern) => ({ matches: (text) => new RegExp(`^${pattern}$`).test(text) }),
        observers,
        plugins: plugins.map(([config, hooks = calls]) => ({
          config: { kind: 'test', ...config },
          load: () => definePlugin({ name: config.name, hooks: () => hooks }),
        })),
      }),
    servers,
  );
}

/** `server method target hook: plugin runs, …` of rows on which somebody is. */
function textOf({ rows }: Coverage): string[] {
  return rows
    .filter(({ steps }) => steps.length > 0)
    .map(({ server, target, hook, steps }) => {
      const who = steps.map(({ plugin, runs }) => `${plugin} ${runs}`).join(', ');
      return `${server} ${target ?? '?'} ${hook}: ${who}`;
    });
}

describe('coverage', () => {
  it('says for each server, tool and hook who runs, in order', async () => {
    const coverage = await measure(
      [
        { name: 'files', tools: ['read', 'write'] },
        { name: 'mail', tools: ['send'] },
      ],
      [{ name: 'late', priority: 50, conditions: [{ tools: ['w*', 'send'] }] }, { tool_pre_invoke: pass }],
      [{ name: 'early', priority: 10, conditions: [{ serverIds: ['files'] }] }, { tool_pre_invoke: pass }],
    );
    expect(textOf(coverage)).toEqual([
      'files read tool_pre_invoke: early always, late never',
      'files write tool_pre_invoke: early always, late always',
      'mail send tool_pre_invoke: early never, late always',
    ]);
    expect(coverage.neverMatching).toEqual([]);
  });

  it('knows what it does not know: who asks, and names of servers that were not asked', async () => {
    const coverage = await measure(
      [{ name: 'files' }, { name: 'mail', tools: ['send'] }],
      [{ name: 'by-tool', conditions: [{ tools: ['read'] }] }, { tool_pre_invoke: pass }],
      [
        { name: 'by-user', mode: 'audit', conditions: [{ userPatterns: ['.*@acme'] }] },
        { tool_pre_invoke: pass },
      ],
    );
    expect(textOf(coverage)).toEqual([
      'files ? tool_pre_invoke: by-tool depends, by-user depends',
      'mail send tool_pre_invoke: by-tool never, by-user depends',
    ]);
    expect(coverage.neverMatching).toEqual([]);
  });

  it('finds plugins that can never match, and hooks on which they cannot', async () => {
    const coverage = await measure(
      [{ name: 'files', tools: ['read'], prompts: [] }],
      [{ name: 'wrong-server', conditions: [{ serverIds: ['flies'] }] }],
      [
        { name: 'wrong-tool', conditions: [{ tools: ['raed'] }] },
        { ...calls, tool_post_list: pass },
      ],
      [{ name: 'afterwards', mode: 'fire_and_forget', conditions: [{ tools: ['raed'] }] }],
      [{ name: 'good', conditions: [{ tools: ['raed'] }, { tools: ['read'] }] }],
      [{ name: 'any-resource', conditions: [{ resources: ['file:///x/*'] }] }, { resource_pre_fetch: pass }],
      [{ name: 'off', mode: 'disabled', conditions: [{ tools: ['raed'] }] }],
    );
    const hooks = ['tool_pre_invoke', 'tool_post_invoke'];
    expect(coverage.neverMatching).toEqual([
      { plugin: 'wrong-server', hooks, isIdle: true },
      { plugin: 'wrong-tool', hooks, isIdle: false },
      { plugin: 'afterwards', hooks, isIdle: true },
    ]);
  });

  it('knows that only servers at a URL get HTTP requests', async () => {
    const forwarding = { http_pre_forwarding_call: pass, http_post_forwarding_call: pass };
    const plugins = [
      [{ name: 'headers' }, forwarding],
      [{ name: 'both' }, { ...calls, ...forwarding }],
      [{ name: 'incoming' }, { http_pre_request: pass, http_pre_forwarding_call: pass }],
      [{ name: 'servers' }, { server_pre_register: pass, http_post_forwarding_call: pass }],
    ] satisfies [Given, HookHandlers][];
    const local = { name: 'files', isRemote: false };
    const hooks = ['http_pre_forwarding_call', 'http_post_forwarding_call'];
    expect((await measure([local], ...plugins)).neverMatching).toEqual([
      { plugin: 'headers', hooks, isIdle: true },
      { plugin: 'both', hooks, isIdle: false },
      { plugin: 'incoming', hooks: hooks.slice(0, 1), isIdle: false },
      { plugin: 'servers', hooks: hooks.slice(1), isIdle: false },
    ]);
    for (const server of [{ name: 'search', isRemote: true }, { name: 'unknown' }])
      expect((await measure([local, server], ...plugins)).neverMatching).toEqual([]);
    expect(
      textOf(await measure([local, { name: 'search', isRemote: true }], [{ name: 'headers' }, forwarding])),
    ).toEqual([
      'search ? http_pre_forwarding_call: headers always',
      'search ? http_post_forwarding_call: headers always',
    ]);
  });

  it('says who decides about permissions and servers', async () => {
    const coverage = await measure(
      [
        { name: 'files', tools: ['read'] },
        { name: 'mail', tools: [] },
      ],
      [
        { name: 'rights', conditions: [{ serverIds: ['files'] }] },
        { http_auth_check_permission: pass, server_pre_delete: pass },
      ],
    );
    const rows = textOf(coverage).filter((row) => row.includes('always'));
    expect(rows).toContain('files read http_auth_check_permission: rights always');
    expect(rows).toContain('files ? server_pre_delete: rights always');
    expect(rows.filter((row) => row.startsWith('mail'))).toEqual([]);
  });

  it('names what nothing may refuse', async () => {
    const coverage = await measure(
      [{ name: 'files', tools: ['read', 'write', 'delete'], resources: ['file:///a'] }],
      [{ name: 'guard', conditions: [{ tools: ['write'] }] }],
      [{ name: 'watcher', mode: 'audit' }],
      [{ name: 'by-user', conditions: [{ tools: ['delete'], userPatterns: ['eve'] }] }],
    );
    expect(unguardedIn(coverage).map(({ method, target }) => `${method} ${target}`)).toEqual([
      'tools/call read',
      'resources/read file:///a',
    ]);
  });
});
