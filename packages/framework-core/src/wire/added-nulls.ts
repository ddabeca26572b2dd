import { setOwn } from '../payload/plain.js';
import { isJsonObject } from './wire-error.js';

/**
 * A value that went through a peer's model, without the nulls that the model added: Python writes every optional field of
 * a class. What was null before stays.
 */
export function withoutAddedNulls(changed: unknown, before: unknown): unknown {
  if (Array.isArray(changed)) {
    const old = Array.isArray(before) ? (before as readonly unknown[]) : [];
    return changed.map((item, index) => withoutAddedNulls(item, old[index]));
  }
  if (!isJsonObject(changed)) return changed;
  const old = isJsonObject(before) ? before : {};
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changed)) {
    if (value !== null || Object.hasOwn(old, key)) setOwn(kept, key, withoutAddedNulls(value, old[key]));
  }
  return kept;
}
