import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineHook,
  definePlugin,
  PluginManager,
  type PluginManagerOptions,
  type PluginRegistration,
} from '../../src/index.js';
import { toolPreInvoke } from '../../src/contracts/index.js';
import { classOf, plugin, type TestPluginOptions, withManager } from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

const proceeding = () => undefined;

async function codeOfStart(
  plugins: readonly PluginRegistration[],
  options: Omit<PluginManagerOptions, 'plugins'> = {},
): Promise<unknown> {
  try {
    await (await PluginManager.start({ ...options, plugins })).shutdown();
    return 'started';
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
}

describe('PluginManager.start', () => {
  const orderHook = () =>
    defineHook({
      name: 'order_pre_ship',
      phase: 'pre',
      payload: z.object({ orderId: z.string() }),
      writable: [],
    });
  const strict = definePlugin({
    name: 's',
    settings: z.object({ words: z.array(z.string()) }),
    hooks: () => ({ tool_pre_invoke: proceeding }),
  });
  const bringing = (contract: ReturnType<typeof orderHook>) =>
    Object.assign(classOf({ order_pre_ship: proceeding }), { contracts: [contract] });
  const registered = (load: PluginRegistration['load'], config: TestPluginOptions = {}) => ({
    config: { name: 'p', kind: 'test', ...config },
    load,
  });
  const missing = () => {
    throw new Error('no such module');
  };

  it.each<[string, readonly PluginRegistration[], Omit<PluginManagerOptions, 'plugins'>]>([
    ['CONFIG_INVALID', [plugin('', proceeding)], {}],
    ['CONFIG_INVALID', [plugin('p', proceeding, { priority: 1.5 })], {}],
    ['CONFIG_INVALID', [plugin('p', proceeding, { hooks: [] })], {}],
    ['CONFIG_INVALID', [plugin('p', proceeding, { timeout: 0 })], {}],
    ['CONFIG_INVALID', [], { settings: { pluginTimeout: -1 } }],
    ['CONFIG_INVALID', [], { settings: { plugin_timeout: 1 } as never }],
    ['DUPLICATE_PLUGIN', [plugin('p', proceeding), plugin('P', proceeding)], {}],
    ['HOOK_UNKNOWN', [plugin('p', proceeding, { hooks: ['tool_pre_invok'] })], {}],
    ['HOOK_UNKNOWN', [plugin('p', { tool_pre_invok: proceeding })], {}],
    ['HOOK_UNKNOWN', [], { fires: ['tool_pre_invok' as never] }],
    ['HOOK_NOT_IMPLEMENTED', [plugin('p', proceeding, { hooks: ['tool_post_invoke'] })], {}],
    [
      'HOOK_NOT_IMPLEMENTED',
      [plugin('p', { tool_pre_invoke: undefined }, { hooks: ['tool_pre_invoke'] })],
      {},
    ],
    ['HOOK_NOT_IMPLEMENTED', [plugin('p', {})], {}],
    [
      'HOOK_NOT_FIRED',
      [plugin('p', proceeding, { hooks: ['tool_pre_invoke'] })],
      { fires: ['tool_post_invoke'] },
    ],
    ['HOOK_NOT_FIRED', [plugin('p', proceeding)], { fires: ['tool_post_invoke'] }],
    [
      'IDENTITY_NOT_SUPPLIED',
      [plugin('p', proceeding, { conditions: [{ tenantIds: ['t'] }] })],
      { supplies: ['user'] },
    ],
    ['PATTERN_UNSUPPORTED', [plugin('p', proceeding, { conditions: [{ userPatterns: ['a'] }] })], {}],
    ['DISABLE_NOT_ALLOWED', [plugin('p', proceeding, { onError: 'disable' })], {}],
    ['CONTRACT_CONFLICT', [], { contracts: [orderHook(), orderHook()] }],
    ['CONTRACT_CONFLICT', [registered(() => bringing(orderHook()))], { contracts: [orderHook()] }],
    ['PLUGIN_LOAD_FAILED', [registered(missing)], {}],
    ['PLUGIN_LOAD_FAILED', [plugin('p', { tool_pre_invoke: 'no function' })], {}],
    [
      'PLUGIN_LOAD_FAILED',
      [registered(() => Object.assign(classOf({}), { hookMethods: ['tool_pre_invoke'] }))],
      {},
    ],
    ['PLUGIN_INITIALIZE_FAILED', [plugin('p', proceeding, { initialize: missing })], {}],
    ['PLUGIN_SETTINGS_INVALID', [registered(() => strict, { config: { words: 'x' } })], {}],
    ['started', [plugin('p', proceeding, { onError: 'disable', allowDisable: true })], {}],
    ['started', [plugin('p', proceeding, { onError: 'disable', mode: 'audit' })], {}],
    ['started', [registered(() => bringing(orderHook()))], {}],
    ['started', [registered(missing, { mode: 'disabled', hooks: ['order_pre_ship'] })], {}],
    ['started', [plugin('p', proceeding)], { fires: [toolPreInvoke] }],
    [
      'started',
      [plugin('p', proceeding, { conditions: [{ tenantIds: ['t'], userPatterns: [] }] })],
      { supplies: ['tenantId'] },
    ],
  ])('%s: case %#', async (expected, plugins, options) => {
    expect(await codeOfStart(plugins, options)).toBe(expected);
  });

  it.each<[string, TestPluginOptions, boolean, string]>([
    ['enforce', {}, false, 'PLUGIN_INITIALIZE_FAILED'],
    ['enforce with on_error: ignore', { onError: 'ignore' }, false, 'started'],
    ['enforce with fail_on_plugin_error', {}, true, 'PLUGIN_INITIALIZE_FAILED'],
    ['enforce_ignore_error', { mode: 'enforce_ignore_error' }, false, 'PLUGIN_INITIALIZE_FAILED'],
    ['concurrent', { mode: 'concurrent' }, false, 'PLUGIN_INITIALIZE_FAILED'],
    ['permissive', { mode: 'permissive' }, false, 'started'],
    [
      'permissive with on_error: fail',
      { mode: 'permissive', onError: 'fail' },
      false,
      'PLUGIN_INITIALIZE_FAILED',
    ],
    ['permissive with fail_on_plugin_error', { mode: 'permissive' }, true, 'PLUGIN_INITIALIZE_FAILED'],
    ['audit', { mode: 'audit' }, false, 'started'],
    ['fire_and_forget', { mode: 'fire_and_forget', onError: 'fail' }, true, 'started'],
  ])('a plugin that cannot initialise, in %s', async (_name, options, failOnPluginError, expected) => {
    const failing = plugin('p', proceeding, {
      ...options,
      initialize: () => Promise.reject(new Error('no')),
    });
    expect(await codeOfStart([failing], { settings: { failOnPluginError } })).toBe(expected);
  });

  it('shuts down what it has started, in reverse, when a later plugin cannot start', async () => {
    const order: string[] = [];
    const noted = (name: string, options: TestPluginOptions = {}) =>
      plugin(name, proceeding, {
        initialize: () => order.push(`+${name}`),
        shutdown: () => order.push(`-${name}`),
        ...options,
      });
    const broken = noted('c', { initialize: () => Promise.reject(new Error('no')) });
    expect(await codeOfStart([noted('a'), noted('b'), broken])).toBe('PLUGIN_INITIALIZE_FAILED');
    expect(order).toEqual(['+a', '+b', '-b', '-a']);
  });

  it('shuts down what it has started when no plan can be made', async () => {
    const order: string[] = [];
    const started = plugin('a', proceeding, {
      shutdown: () => order.push('-a'),
      conditions: [{ userPatterns: ['x'] }],
    });
    expect(await codeOfStart([started])).toBe('PATTERN_UNSUPPORTED');
    expect(order).toEqual(['-a']);
  });

  it('validates a disabled plugin and does not load it', async () => {
    const disabled = {
      config: { name: 'p', kind: 'x', mode: 'disabled' as const },
      load: () => expect.unreachable(),
    };
    await withManager([disabled], (manager) => {
      expect(manager.pluginCount).toBe(0);
      expect(manager.health()).toEqual([expect.objectContaining({ plugin: 'p', status: 'disabled' })]);
    });
  });

  it('has the surface of the specification', async () => {
    const manager = await PluginManager.start({ plugins: [plugin('p', proceeding)] });
    expect([manager.initialized, manager.pluginCount]).toEqual([true, 1]);
    expect(manager.getPlugin('p')?.name).toBe('p');
    expect(manager.getPlugin('q')).toBeUndefined();
    expect(manager.config).toMatchObject({
      plugins: [{ name: 'p', priority: 100, mode: 'enforce' }],
      settings: { pluginTimeout: 30 },
    });
    expect([manager.hasHook('tool_pre_invoke'), manager.hasHook('tool_post_invoke')]).toEqual([true, false]);
    const { outcome, request } = await manager.invokeHook('tool_pre_invoke', { name: 'x', args: {} });
    expect(outcome.continueProcessing).toBe(true);
    expect(
      (await manager.invokeHook('tool_post_invoke', { name: 'x', result: 1 }, {}, request)).request,
    ).toBe(request);
    await manager.shutdown();
    expect(manager.initialized).toBe(false);
  });

  describe('and time', () => {
    useFakeTime();

    it('bounds initialize() by plugin_timeout', async () => {
      const starting = codeOfStart(
        [plugin('p', proceeding, { initialize: () => new Promise(() => undefined) })],
        { settings: { pluginTimeout: 2 } },
      );
      await pass(2001);
      expect(await starting).toBe('PLUGIN_INITIALIZE_FAILED');
    });
  });
});
