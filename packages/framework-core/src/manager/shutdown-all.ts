import { describeError } from '../errors/describe-error.js';
import { withTimeout } from './with-timeout.js';
import type { PluginRef } from './plugin-ref.js';

/** Shuts plugins down in reverse order, one after the other. What fails or hangs is logged, and the next is attempted. */
export async function shutdownAll(refs: readonly PluginRef[], timeoutMs: number): Promise<void> {
  for (const ref of refs.toReversed()) {
    try {
      await withTimeout(() => ref.plugin.shutdown(), timeoutMs, 'shutdown()');
    } catch (error) {
      ref.logger.error(`plugin "${ref.name}" did not shut down: ${describeError(error)}`, {
        plugin: ref.name,
      });
    }
  }
}
