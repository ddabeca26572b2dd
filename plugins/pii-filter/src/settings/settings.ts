import { z } from 'zod';
import { localePacks } from '../packs/index.js';
import { isFieldPath } from './field-path.js';
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
  /** Tool, prompt or resource that the operation is about. */
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

/**
 * Settings of the filter, in the spelling of YAML. Those of ContextForge's PII filter are among them, so that its
 * configurations work as they are.
 */
export const piiFilterSettings = z.strictObject({
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
  /** Only these types are looked for. */
  pii_types: z.array(typeName).min(1).optional(),
  locales: z.array(z.enum(Object.keys(localePacks))).default(Object.keys(localePacks)),
  mask_strategy: strategySchema.optional(),
  default_mask_strategy: strategySchema.optional(),
  masking_strategy: strategySchema.optional(),
  redaction_text: z.string().max(200).default('[REDACTED]'),
  ssn_style: z.enum(['x', 'stars']).default('x'),
  block_on_detection: z.boolean().default(false),
  min_score: scoreSchema.optional(),
  detection_sensitivity: scoreSchema.optional(),
  types: z.record(typeName, typePolicy).default({}),
  fields: z.array(fieldRuleSchema).default([]),
  whitelist: z.array(z.string().min(1)).default([]),
  whitelist_patterns: z.array(patternSchema).default([]),
  custom_patterns: z.array(customPattern).default([]),
  /** Secret of `hash` and `tokenize`, the same on every replica. Without it, one is made at start. */
  key: z.string().min(16, 'a key has at least 16 characters').optional(),
  scan_numbers: z.boolean().default(true),
  scan_keys: z.boolean().default(true),
  scan_headers: z.boolean().default(false),
  number_replacement: z.enum(['zero', 'null', 'text']).default('zero'),
  log_detections: z.boolean().default(true),
});

/** Settings with every default filled in. */
export type PiiFilterSettings = z.output<typeof piiFilterSettings>;
/** Settings as a person writes them. */
export type PiiFilterSettingsInput = z.input<typeof piiFilterSettings>;
