import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PluginManagerOptions } from '../../src/index.js';
import { plugin, type TestPluginOptions } from '../support/host.js';

const proceeding = () => undefined;

/** A fresh copy of the framework in which one module cannot be loaded. */
async function frameworkWithout(module: string): Promise<typeof import('../../src/index.js')> {
  vi.resetModules();
  vi.doMock(module, () => {
    throw new Error('this part is gone');
  });
  return import('../../src/index.js');
}

afterEach(() => {
  vi.resetModules();
});

describe('a part of the framework that is loaded on demand', () => {
  const conditions: TestPluginOptions = { conditions: [{ tools: ['echo'] }] };
  const concurrent: TestPluginOptions = { mode: 'concurrent' };
  const background: TestPluginOptions = { mode: 'fire_and_forget' };

  it.each<[string, string, PluginManagerOptions]>([
    ['plans', '../../src/manager/generation-builder.js', { plugins: [plugin('p', proceeding)] }],
    ['contracts', '../../src/contracts/built-in-contracts.js', { plugins: [plugin('p', proceeding)] }],
    ['conditions', '../../src/execution/conditions.js', { plugins: [plugin('p', proceeding, conditions)] }],
    [
      'bands',
      '../../src/execution/band-run.js',
      { plugins: [plugin('p', proceeding, concurrent), plugin('q', proceeding, concurrent)] },
    ],
    [
      'background steps',
      '../../src/execution/background-run.js',
      { plugins: [plugin('p', proceeding, background)] },
    ],
  ])('%s: keeps the host from starting when it cannot be loaded', async (_part, module, options) => {
    const { PluginManager } = await frameworkWithout(module);
    try {
      await expect(PluginManager.start(options)).rejects.toThrow(/error when mocking a module/);
    } finally {
      vi.doUnmock(module);
    }
  });

  it('shuts down what has been started when it cannot be loaded', async () => {
    const module = '../../src/execution/conditions.js';
    const { PluginManager } = await frameworkWithout(module);
    const shutdown = vi.fn<() => void>();
    try {
      const plugins = [plugin('p', proceeding, { ...conditions, shutdown })];
      await expect(PluginManager.start({ plugins })).rejects.toThrow(/error when mocking a module/);
    } finally {
      vi.doUnmock(module);
    }
    expect(shutdown).toHaveBeenCalledOnce();
  });
});
