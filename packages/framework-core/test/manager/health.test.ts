import { describe, expect, it, vi } from 'vitest';
import { definePlugin } from '../../src/index.js';
import { anyHook, plugin, toolCall, withManager } from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

const proceeding = () => undefined;

describe('health', () => {
  it('counts what happened to the calls of a plugin', async () => {
    let call = 0;
    const behaviours = [() => 'garbage', () => undefined, () => ({ continueProcessing: false })];
    await withManager([plugin('p', () => behaviours[call++]?.(), { onError: 'ignore' })], async (manager) => {
      for (const status of ['degraded', 'ready', 'ready']) {
        await manager.openRequest().invoke(anyHook, toolCall());
        expect(manager.health()[0]?.status).toBe(status);
      }
      expect(manager.health()[0]?.counts).toEqual({
        errors: 1,
        timeouts: 0,
        violations: 1,
        ignored: 1,
        late: 0,
        dropped: 0,
      });
    });
  });

  describe('checks', () => {
    useFakeTime();

    it('run every plugin_health_check_interval, and say how a plugin is', async () => {
      const answers = [() => undefined, () => Promise.reject(new Error('down')), () => undefined];
      let checks = 0;
      await withManager(
        [plugin('p', proceeding, { healthCheck: () => answers[checks++]?.() })],
        async (manager) => {
          await pass(9999);
          expect(checks).toBe(0);
          for (const status of ['ready', 'degraded', 'ready']) {
            await pass(10_000);
            expect(manager.health()[0]?.status).toBe(status);
          }
          expect(manager.health()[0]?.lastError).toBe('health check: down');
        },
        { settings: { pluginHealthCheckInterval: 10 } },
      );
      expect(vi.getTimerCount()).toBe(0);
    });

    it('that hang are over after plugin_timeout and do not pile up', async () => {
      let checks = 0;
      const hanging = plugin('p', proceeding, {
        healthCheck: () => {
          checks++;
          return new Promise(() => undefined);
        },
      });
      await withManager(
        [hanging],
        async (manager) => {
          await pass(2500);
          expect(checks).toBe(1);
          await pass(1000);
          expect(manager.health()[0]).toMatchObject({ status: 'degraded' });
        },
        { settings: { pluginHealthCheckInterval: 1, pluginTimeout: 2 } },
      );
    });

    it('need no timer where no plugin has one', async () => {
      const Plain = definePlugin({ name: 'plain', hooks: () => ({ tool_pre_invoke: proceeding }) });
      await withManager(
        [plugin('p', proceeding), { config: { name: 'q', kind: 'x' }, load: () => Plain }],
        () => {
          expect(vi.getTimerCount()).toBe(0);
        },
      );
    });

    it('of definePlugin are called with the instance', async () => {
      const seen: string[] = [];
      const Checked = definePlugin({
        name: 'checked',
        hooks: () => ({ tool_pre_invoke: proceeding }),
        healthCheck: (instance) => void seen.push(instance.name),
      });
      await withManager([{ config: { name: 'q', kind: 'x' }, load: () => Checked }], async () => {
        await pass(60_000);
        expect(seen).toEqual(['q']);
      });
    });
  });
});
