import type { z } from 'zod';
import { FrameworkError } from '../errors/framework-error.js';
import { toCamelCase, toSnakeCase } from './spelling.js';

const verbatimMark = Symbol.for('mcpplugins.verbatim');

/**
 * Marks a schema whose keys are copied to and from the wire as they are, e.g. what MCP itself spells.
 * Its checks apply as usual.
 */
export function verbatim<Schema extends z.ZodType>(schema: Schema): Schema {
  const marked = schema.clone();
  Object.defineProperty(marked, verbatimMark, { value: true });
  return marked;
}

/** Whether `verbatim` marked the schema. */
export function isVerbatim(schema: z.core.$ZodType): boolean {
  return Object.hasOwn(schema, verbatimMark);
}

const leaves = new Set([
  'string',
  'number',
  'int',
  'boolean',
  'null',
  'undefined',
  'literal',
  'enum',
  'any',
  'unknown',
  'never',
]);

interface SchemaDefinition {
  readonly type: string;
  readonly coerce?: boolean;
  readonly normalize?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly catchall?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
}

/**
 * Refuses what a payload schema may not have: anything that transforms, types without a wire form, keys that do not
 * survive camelCase → snake_case → camelCase.
 * @throws FrameworkError `CONTRACT_INVALID`
 */
export function checkPayloadSchema(
  hook: string,
  schema: z.core.$ZodType,
  path = 'payload',
  seen = new Set<z.core.$ZodType>(),
): void {
  // A schema that contains itself is walked once.
  if (seen.has(schema)) return;
  seen.add(schema);
  const definition = schema._zod.def as unknown as SchemaDefinition;
  const refuse = (what: string): never => {
    throw contractInvalid(hook, `${path}: ${what}`);
  };
  const change = changeOf(definition);
  if (change !== undefined) refuse(`${change}; contracts check, they never transform`);
  if (leaves.has(definition.type)) return;
  const into = (inner: z.core.$ZodType | undefined, part: string): void => {
    if (inner !== undefined) checkPayloadSchema(hook, inner, `${path}${part}`, seen);
  };
  switch (definition.type) {
    case 'object':
      for (const [key, inner] of Object.entries(definition.shape ?? {})) {
        if (!isVerbatim(schema) && toCamelCase(toSnakeCase(key)) !== key) {
          refuse(
            `key "${key}" does not survive the change of spelling to snake_case and back; use camelCase`,
          );
        }
        into(inner, `.${key}`);
      }
      into(definition.catchall, '.*');
      return;
    case 'record':
      into(definition.keyType, ' (keys)');
      into(definition.valueType, '.*');
      return;
    case 'array':
      into(definition.element, '[]');
      return;
    case 'optional':
    case 'nullable':
    case 'readonly':
      into(definition.innerType, '');
      return;
    case 'union':
      if (definition.discriminator === undefined && !isVerbatim(schema)) {
        refuse('is a union without discriminator; use z.discriminatedUnion, or verbatim()');
      }
      for (const option of definition.options ?? []) into(option, '');
      return;
    default:
      refuse(`z.${definition.type}() is not allowed in a payload (it transforms or has no JSON form)`);
  }
}

/** What a schema does to its value, if it does not only check it. */
function changeOf({ coerce, normalize, checks }: SchemaDefinition): string | undefined {
  if (coerce === true) return 'coerces';
  if (normalize === true) return 'normalises its value';
  return checks?.some((check) => check._zod.def.check === 'overwrite')
    ? 'rewrites its value (trim, toLowerCase, …)'
    : undefined;
}

/** What is wrong with the contract of a hook. */
export function contractInvalid(hook: string, what: string): FrameworkError {
  return new FrameworkError('CONTRACT_INVALID', `hook "${hook}": ${what}`, { hook });
}
