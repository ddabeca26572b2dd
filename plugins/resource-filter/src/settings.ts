import { compileSafePattern, createNetGuard } from '@mcpplugins/plugin-kit';
import { z } from 'zod';
import { parseFileRoot } from './uri/file-roots.js';

/** Checks by a function that throws, and says what it said. */
function checkedBy(check: (text: string) => unknown) {
  return (text: string, context: z.RefinementCtx): void => {
    try {
      check(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  };
}

const protocol = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*$/i, 'a protocol is a word without colon and slashes, such as https');
const host = z
  .string()
  .min(1)
  .superRefine(checkedBy((entry) => createNetGuard({ blockedHosts: [entry] })));
const mediaType = z
  .string()
  .regex(
    /^[\w.+-]+\/(?:\*|[\w.+-]+)$/,
    'a media type is such as application/pdf or image/*, without parameters',
  );

const contentFilter = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .superRefine(checkedBy((source) => compileSafePattern(source))),
  /** Stands for the rule in metadata and violations. */
  name: z.string().min(1).optional(),
  /** `replace` puts `replacement` in place of every match, `block` refuses the resource. */
  action: z.enum(['replace', 'block']).default('replace'),
  /** Taken literally: `$1` is no reference. */
  replacement: z.string().default('***'),
  ignore_case: z.boolean().default(true),
});

/** One rule of `content_filters`, with every default filled in. */
export type ContentFilterRule = z.output<typeof contentFilter>;

/** Settings of `ResourceFilter`, in the spelling of YAML. */
export const resourceFilterSettings = z.strictObject({
  allowed_protocols: z.array(protocol).min(1).default(['http', 'https']),
  /** Names (with everything below them), `*.name`, addresses, ranges. */
  blocked_domains: z.array(host).default([]),
  /** If any: only these hosts. A name means itself, `*.name` what is below it. */
  allowed_domains: z.array(host).default([]),
  block_private_addresses: z.boolean().default(true),
  /** Names, addresses and ranges that may be private all the same. */
  allowed_private_hosts: z.array(host).default([]),
  /** Whether names are looked up, so that one with a private address is refused. */
  resolve_hosts: z.boolean().default(false),
  /** What a name means that cannot be looked up. */
  dns_failure: z.enum(['block', 'allow']).default('block'),
  allow_credentials: z.boolean().default(false),
  max_uri_length: z.int().positive().default(2048),
  /** If any: `file:` URIs lead only below these absolute paths. */
  file_roots: z.array(z.string().superRefine(checkedBy(parseFileRoot))).default([]),
  /** Bytes of all contents of a resource: UTF-8 of texts, decoded bytes of blobs. */
  max_content_size: z.int().nonnegative().default(1_048_576),
  /** If any: only contents of these media types. */
  allowed_mime_types: z.array(mediaType).default([]),
  /** Whether what the first bytes say counts beside the stated media type. */
  check_magic_bytes: z.boolean().default(true),
  content_filters: z.array(contentFilter).default([]),
});

/** Settings with every default filled in. */
export type ResourceFilterSettings = z.output<typeof resourceFilterSettings>;
