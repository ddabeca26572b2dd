import { setOwn } from '../payload/plain.js';

/**
 * A payload as JSON can carry it: the value itself, unless there is a `Uint8Array` in it, which goes out as base64 text
 * (and comes back as that text).
 */
export function toJsonValue(value: unknown): unknown {
  return hasBinary(value) ? copyWithoutBinary(value) : value;
}

function hasBinary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.some(hasBinary);
  for (const key in value) if (hasBinary((value as Record<string, unknown>)[key])) return true;
  return false;
}

function copyWithoutBinary(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(copyWithoutBinary);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwn(copy, key, copyWithoutBinary(item));
  return copy;
}

/** Characters that one call of `fromCharCode` may take as arguments. */
const chunkLength = 8192;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunkLength) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkLength));
  }
  return btoa(binary);
}
