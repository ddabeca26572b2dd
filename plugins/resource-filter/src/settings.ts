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
    .superRefine(checkedBy((source) => compileSafePattern(source)))
    .describe('Regular expression (RE2 syntax).'),
  name: z.string().min(1).describe('Stands for the rule in metadata and violations.').optional(),
  action: z
    .enum(['replace', 'block'])
    .default('replace')
    .describe('`replace` puts `replacement` in place of every match, `block` refuses the resource.'),
  replacement: z.string().default('***').describe('Taken literally: `$1` is no reference.'),
  ignore_case: z.boolean().default(true).describe('Whether upper and lower case are the same.'),
});

/** One rule of `content_filters`, with every default filled in. */
export type ContentFilterRule = z.output<typeof contentFilter>;

/** Settings of `ResourceFilter`, in the spelling of YAML. */
export const resourceFilterSettings = z.strictObject({
  allowed_protocols: z
    .array(protocol)
    .min(1)
    .default(['http', 'https'])
    .describe('Schemes that may be read.'),
  blocked_domains: z
    .array(host)
    .default([])
    .describe('Names with everything below them, `*.name`, addresses, ranges such as 10.0.0.0/8.'),
  allowed_domains: z
    .array(host)
    .default([])
    .describe('If any: only these hosts. A name means itself, `*.name` what is below it.'),
  block_private_addresses: z
    .boolean()
    .default(true)
    .describe(
      'Refuses hosts on private networks, loopback and link-local included, and names such as localhost.',
    ),
  allowed_private_hosts: z
    .array(host)
    .default([])
    .describe('Names, addresses and ranges that may be private all the same.'),
  resolve_hosts: z
    .boolean()
    .default(false)
    .describe('Looks names up, and refuses those that have a private or blocked address.'),
  dns_failure: z
    .enum(['block', 'allow'])
    .default('block')
    .describe('What a name means that cannot be looked up.'),
  allow_credentials: z.boolean().default(false).describe('Whether a URI may have a user name or password.'),
  max_uri_length: z.int().positive().default(2048).describe('Characters that a URI may have.'),
  file_roots: z
    .array(z.string().superRefine(checkedBy(parseFileRoot)))
    .default([])
    .describe('If any: `file:` URIs lead only below these absolute paths.'),
  max_content_size: z
    .int()
    .nonnegative()
    .default(1_048_576)
    .describe('Bytes of all contents of a resource: UTF-8 of texts, decoded bytes of blobs.'),
  allowed_mime_types: z
    .array(mediaType)
    .default([])
    .describe('If any: only contents of these media types, such as application/pdf or image/*.'),
  check_magic_bytes: z
    .boolean()
    .default(true)
    .describe('Whether what the first bytes say counts beside the stated media type.'),
  content_filters: z
    .array(contentFilter)
    .default([])
    .describe('Rules for texts: what matches is replaced, or refuses the resource.'),
});

/** Settings with every default filled in. */
export type ResourceFilterSettings = z.output<typeof resourceFilterSettings>;
