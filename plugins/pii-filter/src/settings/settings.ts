import { didYouMean } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { localePacks } from '../packs/index.js';
import { isFieldPath } from './field-path.js';
import { piiTypes } from './known-types.js';
import { actions, patternSchema, scoreSchema, strategySchema } from './schema-parts.js';

const typeName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a type is snake_case, such as credit_card');
const typePolicy = z.strictObject({
  action: z.enum(actions).optional(),
  mask_strategy: strategySchema.optional(),
  min_score: scoreSchema.optional(),
});

/** One rule of `fields`. The first that fits a place decides there. */
const fieldRuleSchema = z.strictObject({
  path: z
    .string()
    .refine(isFieldPath, 'a path is names joined by dots, such as args.user.email or result.**.note'),
  hooks: z.array(z.string()).min(1).optional(),
  /** Tool, prompt, resource or agent that the operation is about. */
  targets: z.array(z.string()).min(1).optional(),
  types: z.array(typeName).min(1).optional(),
  action: z.enum(actions),
  mask_strategy: strategySchema.optional(),
});

/** One rule of `fields`, as written. */
export type FieldRule = z.output<typeof fieldRuleSchema>;

const customPattern = z.strictObject({
  type: typeName.default('custom'),
  pattern: patternSchema,
  description: z.string().optional(),
  mask_strategy: strategySchema.optional(),
  enabled: z.boolean().default(true),
});

const detect = z.boolean().default(true);
const limit = z.int().positive();

/**
 * Settings of the filter, in the spelling of YAML. Those of ContextForge's PII filter and of the specification's
 * examples are among them, so that their configurations work as they are.
 */
export const piiFilterSettings = z
  .strictObject({
    detect_ssn: detect,
    detect_bsn: detect,
    detect_credit_card: detect,
    detect_email: detect,
    detect_phone: detect,
    detect_ip_address: detect,
    detect_date_of_birth: detect,
    detect_passport: detect,
    detect_driver_license: detect,
    detect_bank_account: detect,
    detect_medical_record: detect,
    /** Credentials: off, since a filter for secrets knows many more. */
    detect_aws_keys: z.boolean().default(false),
    detect_api_keys: z.boolean().default(false),
    /** Only these types are looked for. */
    pii_types: z.array(typeName).min(1).optional(),
    locales: z.array(z.enum(Object.keys(localePacks))).default(Object.keys(localePacks)),
    mask_strategy: strategySchema.optional(),
    /** ContextForge's name of `mask_strategy`. */
    default_mask_strategy: strategySchema.optional(),
    /** The specification's manifest has this name of `mask_strategy`. */
    masking_strategy: strategySchema.optional(),
    redaction_text: z.string().max(200).default('[REDACTED]'),
    ssn_style: z.enum(['x', 'stars']).default('x'),
    block_on_detection: z.boolean().default(false),
    /** Finds below it are dropped. Default 0.5. */
    min_score: scoreSchema.optional(),
    /** The other way round: 0.8 is a `min_score` of 0.5, 1 of 0.375. */
    detection_sensitivity: scoreSchema.optional(),
    types: z.record(typeName, typePolicy).default({}),
    fields: z.array(fieldRuleSchema).default([]),
    /** Values that are let through, whole and without regard to letter case and separators. */
    whitelist: z.array(z.string().min(1)).default([]),
    /** Patterns of whole values that are let through. */
    whitelist_patterns: z.array(patternSchema).default([]),
    custom_patterns: z.array(customPattern).default([]),
    /** Secret of `hash` and `tokenize`, the same on every replica. Without it, one is made at start. */
    key: z.string().min(16, 'a key has at least 16 characters').optional(),
    scan_numbers: z.boolean().default(true),
    scan_keys: z.boolean().default(true),
    scan_headers: z.boolean().default(false),
    /** The name or URI of the operation's target: it cannot be masked, but refused or reported. */
    scan_target: z.boolean().default(false),
    number_replacement: z.enum(['zero', 'null', 'text']).default('zero'),
    log_detections: z.boolean().default(true),
    /** The specification's name of `log_detections`. */
    log_violations: z.boolean().optional(),
    /** Whether metadata lists the types found. */
    include_detection_details: z.boolean().default(true),
    /** Characters of one string; a longer one is an error, and the plugin's mode decides. */
    max_text_bytes: limit.default(10_485_760),
    /** The specification's name of `max_text_bytes`. */
    max_content_length: limit.optional(),
    max_nested_depth: limit.max(1000).default(200),
    max_collection_items: limit.max(1_000_000).default(200_000),
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
