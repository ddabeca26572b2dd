import {
  type DecisionRecord,
  type GlobalContextInput,
  type PluginClass,
  PluginManager,
  type PluginManagerOptions,
  type PluginRegistration,
} from '@mcpplugins/framework-core';
import { pluginOf } from '../plugin-of.js';
import { TestHost } from './test-host.js';

/** What `createTestHost` takes besides plugins: everything that a manager takes, and who is asking. */
export interface TestHostOptions extends Omit<PluginManagerOptions, 'plugins'> {
  /** Identity of each request. Default: request id `test-1`, `test-2`, … and nothing else. */
  readonly global?: GlobalContextInput | undefined;
}

/**
 * Starts a host for a test: a real manager with your plugins, one open request, and every decision record kept.
 *
 * @example
 * await using host = await createTestHost([pluginOf(WordFilter, { config: { words: ['secret'] } })]);
 * const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'a secret' } });
 * expect(outcome.violation?.code).toBe('DENIED_WORD');
 *
 * @throws FrameworkError what `PluginManager.start` throws
 */
export async function createTestHost(
  plugins: readonly (PluginClass | PluginRegistration)[],
  { global, observers = [], ...options }: TestHostOptions = {},
): Promise<TestHost> {
  const records: DecisionRecord[] = [];
  const manager = await PluginManager.start({
    ...options,
    plugins: plugins.map((plugin) => (typeof plugin === 'function' ? pluginOf(plugin) : plugin)),
    observers: [{ onDecisions: (seen) => void records.push(...seen) }, ...observers],
  });
  return new TestHost(manager, records, global);
}
