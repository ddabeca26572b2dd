import { FrameworkError } from '../errors/framework-error.js';

/** A message of a peer that is not what the wire says, with the place in it. */
export function wireInvalid(where: string, what: string): FrameworkError<'WIRE_INVALID'> {
  return new FrameworkError('WIRE_INVALID', `${where} ${what}`);
}

/** An object of JSON: no array and not null. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value of JSON is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws FrameworkError `WIRE_INVALID` */
export function requireObject(value: unknown, where: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw wireInvalid(where, 'is not an object');
}

/** @throws FrameworkError `WIRE_INVALID` */
export function requireText(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wireInvalid(where, 'is not a text of at least one character');
}
