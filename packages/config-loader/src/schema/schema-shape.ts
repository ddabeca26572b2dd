import type { z } from 'zod';
import { toYamlKey } from './spelling.js';

type Schema = z.core.$ZodType;

/** What a schema says about the keys of a map. */
export interface ObjectShape {
  readonly fields: Readonly<Record<string, Schema>>;
  /** Schema of keys that `fields` does not name; undefined when there must be none. */
  readonly rest: Schema | undefined;
}

/** Kinds of schema that add something to another one and accept its keys. */
const wrappers: ReadonlySet<string> = new Set([
  'optional',
  'nullable',
  'default',
  'prefault',
  'nonoptional',
  'readonly',
  'catch',
]);

/** The schema without what wraps it: optional, nullable, defaults, the input side of a pipe. */
export function unwrapSchema(schema: Schema): Schema {
  let current = schema;
  for (;;) {
    const { def } = (current as z.core.$ZodTypes)._zod;
    if (wrappers.has(def.type) && 'innerType' in def) current = def.innerType;
    else if (def.type === 'pipe') current = def.in;
    else if (def.type === 'lazy') current = def.getter();
    else return current;
  }
}

/** The keys that a schema of a map has, whichever of its alternatives they come from; undefined if it is no map. */
export function objectShape(schema: Schema): ObjectShape | undefined {
  const { def } = (unwrapSchema(schema) as z.core.$ZodTypes)._zod;
  if (def.type === 'object') {
    return { fields: def.shape, rest: def.catchall && isNever(def.catchall) ? undefined : def.catchall };
  }
  if (def.type === 'record') return { fields: {}, rest: def.valueType };
  if (def.type === 'union') return mergeShapes(def.options.map(objectShape));
  if (def.type === 'intersection') return mergeShapes([objectShape(def.left), objectShape(def.right)]);
  return undefined;
}

/** The schema of the items of a list; undefined if it is no list. */
export function itemSchema(schema: Schema): Schema | undefined {
  const { def } = (unwrapSchema(schema) as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return def.element;
  if (def.type === 'union') return def.options.map(itemSchema).find((item) => item !== undefined);
  return undefined;
}

/** The keys that a map may have at a path below a schema; empty if that is not known. */
export function keysAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  let current: Schema | undefined = schema;
  for (const segment of path) {
    if (current === undefined) return [];
    const shape: ObjectShape | undefined = objectShape(current);
    current =
      typeof segment === 'number' ? itemSchema(current) : (shape?.fields[String(segment)] ?? shape?.rest);
  }
  return current === undefined ? [] : Object.keys(objectShape(current)?.fields ?? {});
}

const yamlKeys = new WeakMap<object, ReadonlyMap<string, string>>();

/** The fields of a shape by their YAML spelling. */
export function fieldsByYamlKey(shape: ObjectShape): ReadonlyMap<string, string> {
  let map = yamlKeys.get(shape.fields);
  if (map === undefined) {
    map = new Map(Object.keys(shape.fields).map((field) => [toYamlKey(field), field]));
    yamlKeys.set(shape.fields, map);
  }
  return map;
}

function mergeShapes(shapes: readonly (ObjectShape | undefined)[]): ObjectShape | undefined {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length === 0) return undefined;
  return {
    fields: Object.assign({}, ...known.map(({ fields }) => fields)) as ObjectShape['fields'],
    rest: known.find(({ rest }) => rest !== undefined)?.rest,
  };
}

function isNever(schema: Schema): boolean {
  return (schema as z.core.$ZodTypes)._zod.def.type === 'never';
}
