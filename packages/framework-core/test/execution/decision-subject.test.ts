import { describe, expect, it } from 'vitest';
import type { DecisionRecord, HookName } from '../../src/index.js';
import { plugin, settleMicrotasks, toolCall, withManager } from '../support/host.js';

const uriCall = (uri: string) => ({ uri, metadata: {} });

/** What the records of one call say that it was about. */
async function subjectsOf(
  hook: HookName,
  payload: object,
  plugins: Parameters<typeof withManager>[0],
  serverId: string | undefined = 'files',
): Promise<readonly Pick<DecisionRecord, 'plugin' | 'hook' | 'serverId' | 'target'>[]> {
  const seen: DecisionRecord[] = [];
  await withManager(
    plugins,
    async (manager) => {
      await manager.openRequest({ serverId }).invoke(hook, payload as never);
      await settleMicrotasks();
    },
    { observers: [{ onDecisions: (records) => void seen.push(...records) }] },
  );
  return seen.map(({ plugin: name, hook: of, serverId: server, target }) => ({
    plugin: name,
    hook: of,
    serverId: server,
    target,
  }));
}

/** One plugin that sees a hook. */
const seeing = (hook: HookName) => [plugin('p', { [hook]: () => undefined })];

async function targetOf(hook: HookName, payload: object): Promise<string | undefined> {
  const [subject] = await subjectsOf(hook, payload, seeing(hook));
  expect(subject).toMatchObject({ plugin: 'p', hook });
  return subject?.target;
}

describe('the records of a call', () => {
  it('name server and target, whether the plugin ran, was off, did not match, failed, or ran afterwards', async () => {
    const elsewhere = [{ tools: ['other'] }];
    const about = { hook: 'tool_pre_invoke', serverId: 'files', target: 'echo' };
    const plugins = [
      plugin('off', () => undefined, { mode: 'disabled' }),
      plugin('ran', () => undefined),
      plugin('skipped', () => undefined, { conditions: elsewhere }),
      plugin('failed', () => 'garbage', { onError: 'ignore' }),
      plugin('later', () => undefined, { mode: 'fire_and_forget' }),
      plugin('never', () => undefined, { mode: 'fire_and_forget', conditions: elsewhere }),
    ];
    const subjects = await subjectsOf('tool_pre_invoke', toolCall(), plugins);
    const names = ['off', 'ran', 'skipped', 'failed', 'later', 'never'];
    expect(subjects).toHaveLength(names.length);
    expect(subjects).toEqual(expect.arrayContaining(names.map((name) => ({ plugin: name, ...about }))));
  });

  it('are in the outcome too', async () => {
    await withManager([plugin('p', () => undefined)], async (manager) => {
      const request = manager.openRequest({ serverId: 'files' }, { record: true });
      const { decisions } = await request.invoke('tool_pre_invoke', toolCall());
      expect(decisions).toMatchObject([{ serverId: 'files', target: 'echo' }]);
    });
  });

  it('have no server where the host has named none', async () => {
    await withManager([plugin('p', () => undefined)], async (manager) => {
      const { decisions } = await manager
        .openRequest({}, { record: true })
        .invoke('tool_pre_invoke', toolCall());
      expect(decisions?.[0]?.serverId).toBeUndefined();
    });
  });
});

describe('the target of a record', () => {
  it.each([
    ['tool_post_invoke', { name: 'echo', result: {} }, 'echo'],
    ['prompt_pre_fetch', { name: 'greet', args: {} }, 'greet'],
    ['agent_pre_invoke', { agentId: 'helper', messages: [] }, 'helper'],
    ['resource_pre_fetch', uriCall('file:///etc/hosts'), 'file:///etc/hosts'],
    ['tool_post_list', { result: { tools: [] } }, undefined],
  ] as const)('of %s is its name', async (hook, payload, target) => {
    expect(await targetOf(hook, payload)).toBe(target);
  });

  it.each([
    ['https://user:hunter2@host.example/path?token=hunter2#hunter2', 'https://host.example/path'],
    ['db://hunter2@host/table', 'db://host/table'],
    ['https://a:hunter2@hunter2@[::1]:8080?hunter2', 'https://[::1]:8080'],
    ['demo://resource/dynamic/text/1', 'demo://resource/dynamic/text/1'],
    ['file:///a%20b', 'file:///a%20b'],
    ['data:text/plain,hunter2', 'data:'],
    ['mailto:hunter2@host.example', 'mailto:'],
    ['https://[hunter2', 'https:'],
    ['https://hunter2 hunter2/', 'https:'],
    ['hunter2', undefined],
    ['https://host.example/\n?token=hunter2\nhunter2', 'https://host.example/\n'],
  ])('of the URI %j has no secrets', async (uri, target) => {
    expect(await targetOf('resource_pre_fetch', uriCall(uri))).toBe(target);
  });

  it('is not longer than 256 characters', async () => {
    expect(await targetOf('tool_pre_invoke', toolCall({}, 'x'.repeat(1000)))).toBe('x'.repeat(256));
  });

  it.each([
    ['tool_pre_invoke', { name: { secret: 1 }, args: {} }],
    ['resource_pre_fetch', { uri: 7 }],
  ] as const)('of %s is left out when it is no text', async (hook, payload) => {
    expect(await targetOf(hook, payload)).toBeUndefined();
  });
});
