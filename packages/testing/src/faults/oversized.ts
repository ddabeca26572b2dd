import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import type { AnyPayload } from './every-hook.js';

/**
 * The payload with a text of that many bytes in its first writable field that has room for one. A payload without such a
 * field comes back with a field that is not writable: an error of the plugin as well.
 */
export function oversized(hook: string, payload: AnyPayload, bytes: number): AnyPayload {
  const filler = 'x'.repeat(bytes);
  const writable = builtInContracts.find(({ name }) => name === hook)?.writable ?? [];
  for (const field of writable) {
    const grown = grow(payload[field], filler);
    if (grown !== undefined) return { ...payload, [field]: grown };
  }
  return { ...payload, oversize: filler };
}

/** A copy whose first text is the filler; an object without one gets a key for it. */
function grow(value: unknown, filler: string): unknown {
  if (typeof value === 'string') return filler;
  if (Array.isArray(value)) {
    const index = value.findIndex((item) => grow(item, filler) !== undefined);
    return index === -1 ? undefined : value.with(index, grow(value[index], filler));
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  for (const [key, item] of Object.entries(value)) {
    // What says which shape an object has stays, so that only its size is wrong.
    if (['type', 'role', 'mimeType', 'uri'].includes(key)) continue;
    const grown = grow(item, filler);
    if (grown !== undefined) return { ...value, [key]: grown };
  }
  return { ...value, oversize: filler };
}
