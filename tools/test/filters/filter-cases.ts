import { createPiiEngine } from '@mcpplugins/plugin-pii-filter';

/** One call of a filter, and everything that a host sees of it. */
export interface FilterCase {
  readonly name: string;
  readonly plugin: 'pii-filter' | 'resource-filter';
  /** Settings of the plugin. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly hook: string;
  readonly payload: object;
  /** What is different in the payload afterwards, or the violation; neither: it passes as it came. */
  readonly expect: {
    readonly payload?: object;
    readonly violation?: { readonly code: string; readonly reason?: string; readonly details?: object };
    readonly metadata?: object;
  };
}

const ssn = '123-45-6789';
const email = 'ann.smith@corp-mail.com';
const tokens = { mask_strategy: 'tokenize', key: 'a key of sixteen characters' } as const;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const found = (stage: string, types: readonly string[], masked = types.length) => ({
  pii_detections: types.length,
  pii_filter: {
    stage,
    total_detections: types.length,
    total_masked: masked,
    detection_types: types,
  },
});
const pii = (
  name: string,
  hook: string,
  payload: object,
  expect: FilterCase['expect'],
  config: FilterCase['config'] = {},
): FilterCase => ({ name, plugin: 'pii-filter', config, hook, payload, expect });
const resource = (
  name: string,
  hook: string,
  payload: object,
  expect: FilterCase['expect'],
  config: FilterCase['config'] = {},
): FilterCase => ({ name, plugin: 'resource-filter', config, hook, payload, expect });

const page = 'https://example.com/page';

export const filterCases: readonly FilterCase[] = [
  pii('lets clean arguments pass', 'tool_pre_invoke', { name: 'echo', args: { n: 1, s: 'hello' } }, {}),
  pii(
    'masks nested arguments',
    'tool_pre_invoke',
    { name: 'echo', args: { a: [{ b: `SSN ${ssn}` }], c: true } },
    {
      payload: { name: 'echo', args: { a: [{ b: 'SSN XXX-XX-6789' }], c: true } },
      metadata: found('tool_pre_invoke', ['ssn']),
    },
  ),
  pii(
    'masks text, structured content and embedded resources of a result',
    'tool_post_invoke',
    {
      name: 'find',
      result: {
        content: [
          { type: 'text', text: email, annotations: { priority: 1 } },
          { type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/plain', text: email } },
        ],
        structuredContent: { mail: email },
        isError: false,
      },
    },
    {
      payload: {
        name: 'find',
        result: {
          content: [
            { type: 'text', text: 'a***h@corp-mail.com', annotations: { priority: 1 } },
            {
              type: 'resource',
              resource: { uri: 'file:///a', mimeType: 'text/plain', text: 'a***h@corp-mail.com' },
            },
          ],
          structuredContent: { mail: 'a***h@corp-mail.com' },
          isError: false,
        },
      },
      metadata: {
        pii_detections: 3,
        pii_filter: {
          stage: 'tool_post_invoke',
          total_detections: 3,
          total_masked: 3,
          detection_types: ['email'],
        },
      },
    },
  ),
  pii(
    'masks the error of a tool that failed',
    'tool_post_invoke',
    { name: 'find', error: { code: -32000, message: `no ${ssn}` } },
    {
      payload: { name: 'find', error: { code: -32000, message: 'no XXX-XX-6789' } },
      metadata: found('tool_post_invoke', ['ssn']),
    },
  ),
  pii(
    'refuses instead, by setting, and says where without the value',
    'tool_pre_invoke',
    { name: 'echo', args: { text: ssn } },
    {
      violation: {
        code: 'PII_DETECTED',
        reason: 'PII detected in tool arguments',
        details: { field: 'text', types: ['ssn'], count: 1 },
      },
      metadata: found('tool_pre_invoke', ['ssn'], 0),
    },
    { block_on_detection: true },
  ),
  pii(
    'masks the arguments of a prompt',
    'prompt_pre_fetch',
    { name: 'greet', args: { who: email } },
    {
      payload: { name: 'greet', args: { who: '[GONE]' } },
      metadata: found('prompt_pre_fetch', ['email']),
    },
    { mask_strategy: 'redact', redaction_text: '[GONE]' },
  ),
  pii(
    'masks the messages of a prompt',
    'prompt_post_fetch',
    { name: 'greet', result: { messages: [{ role: 'user', content: { type: 'text', text: ssn } }] } },
    {
      payload: {
        name: 'greet',
        result: { messages: [{ role: 'user', content: { type: 'text', text: 'XXX-XX-6789' } }] },
      },
      metadata: found('prompt_post_fetch', ['ssn']),
    },
  ),
  pii(
    'masks resources, blobs of text too',
    'resource_post_fetch',
    {
      uri: page,
      content: {
        contents: [
          { uri: page, text: ssn },
          { uri: page, mimeType: 'text/plain', blob: base64(ssn) },
        ],
      },
    },
    {
      payload: {
        uri: page,
        content: {
          contents: [
            { uri: page, text: 'XXX-XX-6789' },
            { uri: page, mimeType: 'text/plain', blob: base64('XXX-XX-6789') },
          ],
        },
      },
      metadata: {
        pii_detections: 2,
        pii_filter: {
          stage: 'resource_post_fetch',
          total_detections: 2,
          total_masked: 2,
          detection_types: ['ssn'],
        },
      },
    },
  ),
  pii(
    'makes the same token everywhere with one key',
    'tool_pre_invoke',
    { name: 'echo', args: { text: email } },
    {
      payload: { name: 'echo', args: { text: createPiiEngine(tokens).mask(email).text } },
      metadata: found('tool_pre_invoke', ['email']),
    },
    tokens,
  ),
  pii(
    'lets through what a rule allows',
    'tool_pre_invoke',
    { name: 'mail', args: { support: email, other: ssn } },
    {
      payload: { name: 'mail', args: { support: email, other: 'XXX-XX-6789' } },
      metadata: found('tool_pre_invoke', ['ssn']),
    },
    { fields: [{ path: 'args.support', action: 'allow' }] },
  ),
  resource('lets an ordinary address pass', 'resource_pre_fetch', { uri: page }, {}),
  ...(
    [
      ['ftp://example.com/a', 'PROTOCOL_BLOCKED'],
      ['http://2130706433/', 'PRIVATE_ADDRESS'],
      ['http://[::ffff:10.0.0.1]/', 'PRIVATE_ADDRESS'],
      ['https://sub.evil%2Eexample./x', 'DOMAIN_BLOCKED'],
      ['https://user:secret@example.com/', 'URI_CREDENTIALS'],
      [`https://example.com/${'a'.repeat(3000)}`, 'URI_TOO_LONG'],
      ['not a uri', 'INVALID_URI'],
    ] as const
  ).map(([uri, code]) =>
    resource(
      `refuses ${uri.slice(0, 40)}`,
      'resource_pre_fetch',
      { uri },
      { violation: { code } },
      { blocked_domains: ['evil.example'] },
    ),
  ),
  resource(
    'refuses content that is too large by its bytes',
    'resource_post_fetch',
    { uri: page, content: { contents: [{ uri: page, blob: base64('x'.repeat(200)) }] } },
    { violation: { code: 'CONTENT_SIZE_EXCEEDED', details: { size: 200, limit: 100 } } },
    { max_content_size: 100 },
  ),
  resource(
    'refuses a media type that is not what the bytes show',
    'resource_post_fetch',
    {
      uri: page,
      content: {
        contents: [{ uri: page, mimeType: 'image/png', blob: base64('%PDF-1.7 and more of a document') }],
      },
    },
    { violation: { code: 'FILETYPE_BLOCK' } },
    { allowed_mime_types: ['image/*'] },
  ),
  resource(
    'rewrites what a rule matches, and says how often',
    'resource_post_fetch',
    { uri: page, content: { contents: [{ uri: page, text: 'api_key = abc123 and more' }] } },
    {
      payload: {
        uri: page,
        content: { contents: [{ uri: page, text: 'api_key: [REDACTED] and more' }] },
      },
    },
    {
      content_filters: [
        { pattern: String.raw`api[_-]?key\s*[:=]\s*\S+`, replacement: 'api_key: [REDACTED]' },
      ],
    },
  ),
  resource(
    'refuses content from a place that is refused, whatever was asked for',
    'resource_post_fetch',
    { uri: page, content: { contents: [{ uri: 'http://169.254.169.254/latest', text: 'x' }] } },
    { violation: { code: 'REDIRECT_BLOCKED' } },
  ),
];
