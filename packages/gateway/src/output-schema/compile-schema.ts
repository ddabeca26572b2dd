import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';

/** Says what does not fit a schema, or undefined if everything does. */
export type SchemaCheck = (value: unknown) => string | undefined;

/** Larger schemas are not compiled: they come from the server, and compiling costs more than checking. */
const maxSchemaCharacters = 262_144;

/** Patterns come from the server too: they run in linear time. */
const linearPattern = Object.assign(
  (source: string) => {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
    return { test: (text: string) => pattern.test(text) };
  },
  { code: 'linearPattern' },
);

const options: Options = {
  strict: false,
  validateSchema: false,
  addUsedSchema: false,
  code: { regExp: linearPattern },
};

/**
 * Compiles the output schema of a tool, in the dialect that it names (2020-12 if none), as SDK clients do.
 * @throws Error when it cannot be compiled: it is too large, refers to something elsewhere, or is no schema
 */
export function compileSchema(schema: object): SchemaCheck {
  const size = JSON.stringify(schema).length;
  if (size > maxSchemaCharacters)
    throw new Error(`it has ${size} characters; the limit is ${maxSchemaCharacters}`);
  // The dialect is chosen here; an address that Ajv does not know would be refused.
  const { $schema, ...rest } = schema as { readonly $schema?: unknown };
  const ajv =
    typeof $schema === 'string' && /draft-0[467]/.test($schema) ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv, { mode: 'fast' });
  const check: ValidateFunction = ajv.compile(rest);
  return (value) =>
    check(value) ? undefined : ajv.errorsText(check.errors, { dataVar: 'structuredContent' });
}
