import { didYouMean, FrameworkError, type HookName, type PayloadOf } from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { samplePayloads } from './sample-payloads.js';

/**
 * A fresh payload of a built-in hook, with top-level fields of your own: `payloadFor('tool_pre_invoke', { args: { q: 1 } })`.
 * A post hook given an `error` has no result.
 * @throws FrameworkError `HOOK_UNKNOWN`, `PAYLOAD_INVALID`
 */
export function payloadFor<Hook extends HookName>(
  hook: Hook,
  overrides: Partial<PayloadOf<Hook>> = {},
): PayloadOf<Hook> {
  const contract = builtInContracts.find(({ name }) => name === hook);
  if (contract === undefined) {
    const known = builtInContracts.map(({ name }) => name);
    throw new FrameworkError('HOOK_UNKNOWN', `no built-in hook is named "${hook}"${didYouMean(hook, known)}`);
  }
  const sample: Record<string, unknown> = structuredClone(samplePayloads[hook]);
  if ('error' in overrides && overrides.error !== undefined) {
    delete sample['result'];
    delete sample['content'];
  }
  const payload = { ...sample, ...overrides };
  const parsed = contract.payload.safeParse(payload);
  if (!parsed.success) {
    throw new FrameworkError('PAYLOAD_INVALID', `this is no payload of ${hook}: ${parsed.error.message}`, {
      hook,
    });
  }
  return payload as PayloadOf<Hook>;
}
