import { describe, expect, it, vi } from 'vitest';
import { PluginManager } from '../../src/index.js';
import {
  anyHook,
  deferred,
  plugin,
  settleMicrotasks,
  toolCall,
  type TestPluginOptions,
} from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

const proceeding = () => undefined;

describe('shutdown', () => {
  it('goes in reverse order, each attempted, once', async () => {
    const order: string[] = [];
    const logged: string[] = [];
    const noted = (name: string, options: TestPluginOptions = {}) =>
      plugin(name, proceeding, { shutdown: () => order.push(name), ...options });
    const throwing = noted('b', { shutdown: () => Promise.reject(new Error('cannot')) });
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (text: string) => logged.push(text),
    };
    const manager = await PluginManager.start({ plugins: [noted('a'), throwing, noted('c')], logger });
    await Promise.all([manager.shutdown(), manager.shutdown()]);
    await manager.shutdown();
    expect(order).toEqual(['c', 'a']);
    expect(logged).toEqual(['plugin "b" did not shut down: cannot']);
  });

  it('is over for whoever asked second when it is over', async () => {
    const gate = deferred();
    const manager = await PluginManager.start({
      plugins: [plugin('a', proceeding, { shutdown: () => gate.promise })],
    });
    void manager.shutdown();
    let isOver = false;
    const second = manager.shutdown().then(() => (isOver = true));
    await settleMicrotasks();
    expect(isOver).toBe(false);
    gate.resolve();
    await second;
  });

  it('MANAGER_NOT_RUNNING: after it there are no requests, hooks or changes', async () => {
    const manager = await PluginManager.start({ plugins: [plugin('a', proceeding)] });
    const open = manager.openRequest();
    await manager.shutdown();
    const notRunning = expect.objectContaining({ code: 'MANAGER_NOT_RUNNING' });
    expect(() => manager.openRequest()).toThrow(notRunning);
    expect(() => open.invoke(anyHook, toolCall())).toThrow(notRunning);
    await expect(manager.reload({ plugins: [] })).rejects.toThrow(notRunning);
    await expect(manager.addPlugin(plugin('b', proceeding))).rejects.toThrow(notRunning);
    expect(() => manager.hasHook(anyHook)).toThrow(notRunning);
  });

  it('during a reload leaves no plugin running', async () => {
    const gate = deferred();
    const life: string[] = [];
    const manager = await PluginManager.start({ plugins: [] });
    const slow = plugin('slow', proceeding, {
      initialize: () => gate.promise,
      shutdown: () => life.push('shut down'),
    });
    const reloading = manager.reload({ plugins: [slow] }).catch((error: unknown) => error);
    await settleMicrotasks();
    const stopping = manager.shutdown();
    gate.resolve();
    expect(await reloading).toMatchObject({ code: 'MANAGER_NOT_RUNNING' });
    await stopping;
    expect(life).toEqual(['shut down']);
  });

  describe('and time', () => {
    useFakeTime();

    it('bounds each plugin, waits for background work, leaves no timer', async () => {
      const order: string[] = [];
      const background = deferred();
      const manager = await PluginManager.start({
        plugins: [
          plugin('a', proceeding, { shutdown: () => order.push('a'), healthCheck: () => undefined }),
          plugin('hanging', proceeding, { shutdown: () => new Promise(() => undefined) }),
          plugin('background', async () => background.promise.then(() => order.push('background')), {
            mode: 'fire_and_forget',
          }),
        ],
        shutdownTimeoutMs: 1000,
      });
      await manager.openRequest().invoke(anyHook, toolCall());
      await settleMicrotasks();
      const stopping = manager.shutdown();
      await pass(500);
      background.resolve();
      await pass(1100);
      await stopping;
      expect(order).toEqual(['background', 'a']);
      await pass(100);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
