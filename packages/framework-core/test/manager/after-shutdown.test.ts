import { describe, expect, it } from 'vitest';
import { definePlugin, PluginManager } from '../../src/index.js';

const notRunning = expect.objectContaining({ code: 'MANAGER_NOT_RUNNING' }) as Error;

describe('a manager after shutdown (P30)', () => {
  it('says nothing about its guards, since "there are none" would let calls through', async () => {
    const Idle = definePlugin({ name: 'idle', hooks: () => ({ tool_pre_invoke: () => undefined }) });
    const manager = await PluginManager.start({
      plugins: [{ config: { name: 'idle', kind: 'idle' }, load: () => Idle }],
    });
    const request = manager.openRequest();
    expect(manager.hasHook('tool_pre_invoke')).toBe(true);
    await manager.shutdown();
    expect(manager.initialized).toBe(false);
    expect(() => manager.hasHook('tool_pre_invoke')).toThrow(notRunning);
    expect(() => request.has('tool_pre_invoke')).toThrow(notRunning);
    expect(() => request.invoke('prompt_pre_fetch', { name: 'p', args: {} })).toThrow(notRunning);
    expect(() => manager.openRequest()).toThrow(notRunning);
    await expect(manager.reload({ plugins: [] })).rejects.toThrow(notRunning);
  });
});
