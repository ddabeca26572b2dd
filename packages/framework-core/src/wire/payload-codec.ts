import type { z } from 'zod';
import { isVerbatim } from '../contracts/check-schema.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import { toSnakeCase } from '../contracts/spelling.js';
import { setOwn } from '../payload/plain.js';
import { toJsonValue } from './json-value.js';
import { isJsonObject, type JsonObject, requireObject, wireInvalid } from './wire-error.js';

/** Translates the payloads of one hook between TypeScript and the wire. */
export interface PayloadCodec {
  /** To the wire: snake_case keys, and `prompt_id` beside `name` in prompt hooks. Shares what it does not change. */
  encode(payload: object): JsonObject;
  /**
   * From the wire. Keys that the contract does not have are kept, unless they are null; so is an optional field that is
   * null left out: Python peers write every field of their models.
   * @throws FrameworkError `WIRE_INVALID`
   */
  decode(payload: unknown): JsonObject;
}

/** Makes the codec of one hook. Keep it: it walks the contract's schema once. */
export function createPayloadCodec(contract: AnyHookContract): PayloadCodec {
  const encode = compile(contract.payload, 'encode', new Map());
  const decode = compile(contract.payload, 'decode', new Map());
  const known = new Set(Object.keys(contract.payload.shape).map(toSnakeCase));
  const isPrompt = contract.name === 'prompt_pre_fetch' || contract.name === 'prompt_post_fetch';
  return {
    encode(payload) {
      const encoded = toJsonValue(encode === undefined ? payload : encode(payload)) as JsonObject;
      return isPrompt ? { ...encoded, prompt_id: encoded['name'] } : encoded;
    },
    decode(payload) {
      const wire = requireObject(payload, 'payload');
      const kept = dropUnknownNulls(isPrompt ? withoutPromptId(wire) : wire, known);
      return (decode === undefined ? kept : decode(kept)) as JsonObject;
    },
  };
}

/** Python peers of different age name the same field `name` or `prompt_id`. */
function withoutPromptId(wire: JsonObject): JsonObject {
  const { prompt_id: promptId, ...rest } = wire;
  if (promptId === undefined || promptId === null) return wire;
  if (rest['name'] === undefined || rest['name'] === null) return { ...rest, name: promptId };
  if (rest['name'] !== promptId) throw wireInvalid('payload', 'has a `name` and another `prompt_id`');
  return rest;
}

function dropUnknownNulls(wire: JsonObject, known: ReadonlySet<string>): JsonObject {
  const nulls = Object.keys(wire).filter((key) => wire[key] === null && !known.has(key));
  if (nulls.length === 0) return wire;
  return Object.fromEntries(Object.entries(wire).filter(([key]) => !nulls.includes(key)));
}

type Direction = 'encode' | 'decode';
type Convert = (value: unknown) => unknown;

interface SchemaDefinition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
}

/** The conversion of one schema; undefined: values go through as they are. `seen` holds what is being compiled above. */
function compile(
  schema: z.core.$ZodType,
  direction: Direction,
  seen: Map<z.core.$ZodType, { convert: Convert | undefined }>,
): Convert | undefined {
  if (isVerbatim(schema)) return undefined;
  const above = seen.get(schema);
  // A schema that contains itself: what it will have been compiled to is looked up when it is needed.
  if (above !== undefined) return (value) => (above.convert === undefined ? value : above.convert(value));
  const slot: { convert: Convert | undefined } = { convert: undefined };
  seen.set(schema, slot);
  slot.convert = compileNew(schema._zod.def as unknown as SchemaDefinition, direction, seen);
  seen.delete(schema);
  return slot.convert;
}

function compileNew(
  definition: SchemaDefinition,
  direction: Direction,
  seen: Map<z.core.$ZodType, { convert: Convert | undefined }>,
): Convert | undefined {
  switch (definition.type) {
    case 'object':
      return compileObject(definition.shape ?? {}, direction, seen);
    case 'array': {
      const convert = definition.element && compile(definition.element, direction, seen);
      return convert && ((value) => (Array.isArray(value) ? value.map(convert) : value));
    }
    case 'optional':
    case 'nullable':
    case 'readonly':
      return definition.innerType && compile(definition.innerType, direction, seen);
    case 'union':
      return compileUnion(definition, direction, seen);
    default:
      return undefined;
  }
}

interface Field {
  readonly to: string;
  readonly convert: Convert | undefined;
  /** Whether null means that the field is not there. */
  readonly dropsNull: boolean;
}

function compileObject(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  direction: Direction,
  seen: Map<z.core.$ZodType, { convert: Convert | undefined }>,
): Convert | undefined {
  const fields = new Map<string, Field>();
  for (const [key, inner] of Object.entries(shape)) {
    const wireKey = toSnakeCase(key);
    const [from, to] = direction === 'encode' ? [key, wireKey] : [wireKey, key];
    const dropsNull = direction === 'decode' && !allowsNull(inner);
    const convert = compile(inner, direction, seen);
    if (from !== to || convert !== undefined || dropsNull) fields.set(from, { to, convert, dropsNull });
  }
  if (fields.size === 0) return undefined;
  return (value) => (isJsonObject(value) ? convertObject(value, fields) : value);
}

const nullable: ReadonlySet<string> = new Set(['nullable', 'null', 'unknown', 'any', 'union']);

/** Whether null stands for itself in a field. In an optional field whose schema has no null it says "not there". */
function allowsNull(schema: z.core.$ZodType): boolean {
  const { type, innerType } = schema._zod.def as unknown as SchemaDefinition;
  return type !== 'optional' || innerType === undefined || nullable.has(innerType._zod.def.type);
}

function convertObject(value: JsonObject, fields: ReadonlyMap<string, Field>): JsonObject {
  const converted: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const field = fields.get(key);
    const item = value[key];
    if (field === undefined) setOwn(converted, key, item);
    else if (item !== null || !field.dropsNull) {
      setOwn(converted, field.to, field.convert === undefined ? item : field.convert(item));
    }
  }
  return converted;
}

function compileUnion(
  { options = [], discriminator }: SchemaDefinition,
  direction: Direction,
  seen: Map<z.core.$ZodType, { convert: Convert | undefined }>,
): Convert | undefined {
  if (discriminator === undefined) return undefined;
  const wireKey = direction === 'encode' ? discriminator : toSnakeCase(discriminator);
  const byValue = new Map<unknown, Convert | undefined>();
  for (const option of options) {
    const convert = compile(option, direction, seen);
    const { shape } = option._zod.def as unknown as SchemaDefinition;
    for (const value of shape?.[discriminator]?._zod.values ?? []) byValue.set(value, convert);
  }
  if ([...byValue.values()].every((convert) => convert === undefined)) return undefined;
  return (value) => {
    if (!isJsonObject(value)) return value;
    const convert = byValue.get(value[wireKey]);
    return convert === undefined ? value : convert(value);
  };
}
