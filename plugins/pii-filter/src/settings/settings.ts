import { didYouMean } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { localePacks } from '../packs/index.js';
import { isFieldPath } from './field-path.js';
import { piiTypes } from './known-types.js';
import { actions, patternSchema, scoreSchema, strategySchema } from './schema-parts.js';

const typeName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a type is snake_case, such as credit_card');
const typePolicy = z.strictObject({
  action: z.enum(actions).describe('What is done: mask, refuse, count only, or nothing.').optional(),
  mask_strategy: strategySchema.describe('In place of the strategy of all.').optional(),
  min_score: scoreSchema.describe('In place of the threshold of all.').optional(),
});

/** One rule of `fields`. The first that fits a place decides there. */
const fieldRuleSchema = z.strictObject({
  path: z
    .string()
    .refine(isFieldPath, 'a path is names joined by dots, such as args.user.email or result.**.note')
    .describe('Where: names joined by dots, such as `args.user.email` or `result.**.note`.'),
  hooks: z.array(z.string()).min(1).describe('Hooks that it is about. Default: any.').optional(),
  targets: z
    .array(z.string())
    .min(1)
    .describe('Names of the tools, prompts, resources or agents that it is about. Default: any.')
    .optional(),
  types: z.array(typeName).min(1).describe('Types that it is about. Default: any.').optional(),
  action: z.enum(actions).describe('What is done: mask, refuse, count only, or nothing.'),
  mask_strategy: strategySchema.describe('In place of the strategy of the type.').optional(),
});

/** One rule of `fields`, as written. */
export type FieldRule = z.output<typeof fieldRuleSchema>;

const customPattern = z.strictObject({
  type: typeName.default('custom').describe('Type that finds are reported and masked as.'),
  pattern: patternSchema.describe('Regular expression (RE2 syntax).'),
  description: z.string().describe('For readers of the file.').optional(),
  mask_strategy: strategySchema.describe('In place of the strategy of all.').optional(),
  enabled: z.boolean().default(true).describe('Whether it is looked for.'),
});

const detect = (what: string) => z.boolean().default(true).describe(`Looks for ${what}.`);
const limit = z.int().positive();

/**
 * Settings of the filter, in the spelling of YAML. Those of ContextForge's PII filter and of the specification's
 * examples are among them, so that their configurations work as they are.
 */
export const piiFilterSettings = z
  .strictObject({
    detect_ssn: detect('social security numbers of the USA'),
    detect_bsn: detect('citizen service numbers of the Netherlands'),
    detect_credit_card: detect('payment cards'),
    detect_email: detect('e-mail addresses'),
    detect_phone: detect('phone numbers'),
    detect_ip_address: detect('IP addresses'),
    detect_date_of_birth: detect('dates of birth'),
    detect_passport: detect('passport numbers'),
    detect_driver_license: detect('driver licences'),
    detect_bank_account: detect('IBANs and labelled account numbers'),
    detect_medical_record: detect('medical record numbers'),
    detect_aws_keys: z
      .boolean()
      .default(false)
      .describe('Looks for AWS access keys. A filter for secrets knows many more.'),
    detect_api_keys: z.boolean().default(false).describe('Looks for labelled API keys.'),
    pii_types: z.array(typeName).min(1).describe('Only these types are looked for. Default: all.').optional(),
    locales: z
      .array(z.enum(Object.keys(localePacks)))
      .default(Object.keys(localePacks))
      .describe('Packs of national identifiers.'),
    mask_strategy: strategySchema.describe('How finds are masked. Default: partial.').optional(),
    default_mask_strategy: strategySchema.describe("ContextForge's name of `mask_strategy`.").optional(),
    masking_strategy: strategySchema.describe("The specification's name of `mask_strategy`.").optional(),
    redaction_text: z.string().max(200).default('[REDACTED]').describe('What `redact` writes.'),
    ssn_style: z
      .enum(['x', 'stars'])
      .default('x')
      .describe('How `partial` writes an SSN: `XXX-XX-6789` or `***-**-6789`.'),
    block_on_detection: z.boolean().default(false).describe('Refuses instead of masking.'),
    min_score: scoreSchema.describe('Finds below it are dropped. Default: 0.5.').optional(),
    detection_sensitivity: scoreSchema
      .describe('The other way round: 0.8 is a `min_score` of 0.5, 1 of 0.375.')
      .optional(),
    types: z.record(typeName, typePolicy).default({}).describe('What is done about finds, by type.'),
    fields: z
      .array(fieldRuleSchema)
      .default([])
      .describe('What is done about finds, by place. The first rule that fits decides.'),
    whitelist: z
      .array(z.string().min(1))
      .default([])
      .describe('Whole values that are let through, without regard to letter case and separators.'),
    whitelist_patterns: z
      .array(patternSchema)
      .default([])
      .describe('Patterns (RE2 syntax) of whole values that are let through.'),
    custom_patterns: z.array(customPattern).default([]).describe('What else is looked for.'),
    key: z
      .string()
      .min(16, 'a key has at least 16 characters')
      .describe('Secret of `hash` and `tokenize`, the same on every replica. Default: made at start.')
      .optional(),
    scan_numbers: z.boolean().default(true).describe('Looks into JSON numbers too.'),
    scan_keys: z.boolean().default(true).describe('Looks into keys of objects too.'),
    scan_headers: z.boolean().default(false).describe('Looks into headers too.'),
    scan_target: z
      .boolean()
      .default(false)
      .describe("Looks at the target's name or URI too: it cannot be masked, but refused or reported."),
    number_replacement: z
      .enum(['zero', 'null', 'text'])
      .default('zero')
      .describe('What a masked JSON number becomes.'),
    log_detections: z.boolean().default(true).describe('Logs types and counts, never values.'),
    log_violations: z.boolean().describe("The specification's name of `log_detections`.").optional(),
    include_detection_details: z.boolean().default(true).describe('Whether metadata lists the types found.'),
    max_text_bytes: limit
      .default(10_485_760)
      .describe("Characters of one string; a longer one is an error, and the plugin's mode decides."),
    max_content_length: limit.describe("The specification's name of `max_text_bytes`.").optional(),
    max_nested_depth: limit.max(1000).default(200).describe('Levels of nesting.'),
    max_collection_items: limit.max(1_000_000).default(200_000).describe('Values of one payload.'),
  })
  .superRefine((settings, context) => {
    const known = [...piiTypes, ...settings.custom_patterns.map(({ type }) => type)];
    const used: readonly [string, readonly (string | number)[]][] = [
      ...(settings.pii_types ?? []).map((type, index) => [type, ['pii_types', index]] as const),
      ...Object.keys(settings.types).map((type) => [type, ['types', type]] as const),
      ...settings.fields.flatMap(({ types = [] }, field) =>
        types.map((type, index) => [type, ['fields', field, 'types', index]] as const),
      ),
    ].map(([type, path]) => [type, [...path]]);
    for (const [type, path] of used) {
      if (known.includes(type)) continue;
      const message = `there is no type "${type}"${didYouMean(type, known)}`;
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    const names = ['mask_strategy', 'default_mask_strategy', 'masking_strategy'] as const;
    const given = names.filter((name) => settings[name] !== undefined);
    const [first, other] = given;
    if (first !== undefined && other !== undefined && new Set(given.map((name) => settings[name])).size > 1) {
      context.addIssue({
        code: 'custom',
        path: [other],
        message: `says another strategy than ${first}: keep one`,
      });
    }
  });

/** Settings with every default filled in. */
export type PiiFilterSettings = z.output<typeof piiFilterSettings>;
/** Settings as a person writes them. */
export type PiiFilterSettingsInput = z.input<typeof piiFilterSettings>;
