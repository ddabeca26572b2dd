import type { AnyHookContract } from '../contracts/hook-contract.js';
import { describeIssues } from '../errors/describe-issues.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import { isSame } from '../payload/is-same.js';
import type { PayloadStore } from '../payload/payload-store.js';
import type { Plan } from './plan.js';

/**
 * Checks a modification against the contract and makes it safe to pass on.
 * @returns an isolated copy.
 * @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE`, `NOT_WRITABLE`, `UNKNOWN_PAYLOAD_FIELD`, `PAYLOAD_INVALID`
 */
export function acceptModification(
  modified: unknown,
  current: object,
  { contract, limits }: Plan,
  payloads: PayloadStore,
): object {
  if (typeof modified !== 'object' || modified === null || Array.isArray(modified)) {
    throw new FrameworkError('PAYLOAD_INVALID', 'modifiedPayload is not an object');
  }
  const isolated = payloads.isolateVersion(modified, current, limits);
  checkFields(contract, current as Record<string, unknown>, isolated as Record<string, unknown>);
  const parsed = contract.payload.safeParse(isolated);
  if (!parsed.success) {
    throw new FrameworkError('PAYLOAD_INVALID', `modifiedPayload: ${describeIssues(parsed.error)}`);
  }
  return isolated;
}

function checkFields(
  contract: AnyHookContract,
  current: Readonly<Record<string, unknown>>,
  modified: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(modified)) {
    const isKnown = Object.hasOwn(current, key) || Object.hasOwn(contract.payload.shape, key);
    if (!isKnown) {
      const known = new Set([...Object.keys(contract.payload.shape), ...Object.keys(current)]);
      throw new FrameworkError(
        'UNKNOWN_PAYLOAD_FIELD',
        `modifiedPayload has the field "${key.slice(0, 50)}", which ${contract.name} does not have${didYouMean(key, known)}`,
      );
    }
    if (!contract.writable.includes(key) && !isSame(current[key], modified[key]))
      throw notWritable(contract, key);
  }
  for (const [field, keys] of Object.entries(contract.fixedKeys)) {
    const before = entriesOf(current[field], keys);
    const after = entriesOf(modified[field], keys);
    const changed = Object.keys({ ...before, ...after }).find((key) => !isSame(before[key], after[key]));
    if (changed !== undefined) throw notWritable(contract, `${field}/${changed}`);
  }
  for (const key of Object.keys(current)) {
    if (!Object.hasOwn(modified, key) && current[key] !== undefined && !contract.writable.includes(key)) {
      throw notWritable(contract, key);
    }
  }
}

/** What stands under the keys of a pattern, however they are spelled. */
function entriesOf(value: unknown, keys: RegExp): Readonly<Record<string, readonly unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [key, entry] of Object.entries(value ?? {}))
    if (keys.test(key)) (found[key.toLowerCase()] ??= []).push(entry);
  return found;
}

function notWritable({ name, writable }: AnyHookContract, key: string): FrameworkError {
  return new FrameworkError(
    'NOT_WRITABLE',
    `modifiedPayload changes "${key}", which plugins may not change in ${name} (writable: ${writable.join(', ') || 'nothing'})`,
  );
}
