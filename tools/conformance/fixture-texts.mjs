/** A PNG of one pixel. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** A WAV of no samples. */
export const silence = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

/** @param {string} description */
const string = (description) => ({ type: 'string', description });

/**
 * @param {string} name
 * @param {string} description
 * @param {Record<string, object>} [properties]
 * @param {string[]} [required]
 */
const tool = (name, description, properties = {}, required = Object.keys(properties)) => ({
  name,
  description,
  inputSchema: { type: 'object', properties, required },
});

/** Every tool that a scenario calls. */
export const tools = [
  tool('test_simple_text', 'Returns text'),
  tool('test_image_content', 'Returns an image'),
  tool('test_audio_content', 'Returns audio'),
  tool('test_embedded_resource', 'Returns an embedded resource'),
  tool('test_multiple_content_types', 'Returns content of several types'),
  tool('test_error_handling', 'Always fails'),
  tool('test_tool_with_logging', 'Logs while it runs'),
  tool('test_tool_with_progress', 'Reports progress while it runs'),
  tool('test_sampling', 'Asks the client for a completion', { prompt: string('The prompt') }),
  tool('test_elicitation', 'Asks the person', { message: string('The question') }),
  tool('test_elicitation_sep1034_defaults', 'Asks the person, with default values'),
  tool('test_elicitation_sep1330_enums', 'Asks the person to choose'),
  tool('test_reconnection', 'Closes its stream before it answers'),
  {
    name: 'json_schema_2020_12_tool',
    description: 'Tool with JSON Schema 2020-12 features',
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: {
          $anchor: 'addressDef',
          type: 'object',
          properties: { street: { type: 'string' }, city: { type: 'string' } },
        },
      },
      properties: {
        name: { type: 'string' },
        address: { $ref: '#/$defs/address' },
        contactMethod: { type: 'string', enum: ['phone', 'email'] },
        phone: { type: 'string' },
        email: { type: 'string' },
      },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { required: ['phone'] },
      else: { required: ['email'] },
      additionalProperties: false,
    },
  },
];

/** @param {object} content */
const user = (content) => ({ role: 'user', content });

/**
 * Every prompt that a scenario gets, by name.
 *
 * @type {Record<string, { definition: { name: string; description: string; arguments?: object[] }; messages: (args: Record<string, string>) => object[] }>}
 */
export const prompts = {
  test_simple_prompt: {
    definition: { name: 'test_simple_prompt', description: 'A prompt without arguments' },
    messages: () => [user({ type: 'text', text: 'This is a simple prompt for testing.' })],
  },
  test_prompt_with_arguments: {
    definition: {
      name: 'test_prompt_with_arguments',
      description: 'A prompt with arguments',
      arguments: ['arg1', 'arg2'].map((name) => ({ name, description: 'A test argument', required: true })),
    },
    messages: ({ arg1, arg2 }) => [
      user({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }),
    ],
  },
  test_prompt_with_embedded_resource: {
    definition: {
      name: 'test_prompt_with_embedded_resource',
      description: 'A prompt with an embedded resource',
      arguments: [{ name: 'resourceUri', description: 'The resource to embed', required: true }],
    },
    messages: ({ resourceUri }) => [
      user({
        type: 'resource',
        resource: {
          uri: resourceUri,
          mimeType: 'text/plain',
          text: 'Embedded resource content for testing.',
        },
      }),
      user({ type: 'text', text: 'Please process the embedded resource above.' }),
    ],
  },
  test_prompt_with_image: {
    definition: { name: 'test_prompt_with_image', description: 'A prompt with an image' },
    messages: () => [
      user({ type: 'image', data: pixel, mimeType: 'image/png' }),
      user({ type: 'text', text: 'Please analyze the image above.' }),
    ],
  },
};

/**
 * @param {string} uri
 * @param {string} name
 * @param {{ mimeType: string; text?: string; blob?: string }} content
 */
const resource = (uri, name, content) => ({
  definition: { uri, name, description: name, mimeType: content.mimeType },
  content,
});

/**
 * Every resource that a scenario reads, by URI.
 *
 * @type {Record<string, ReturnType<typeof resource>>}
 */
export const resources = {
  'test://static-text': resource('test://static-text', 'Static text', {
    mimeType: 'text/plain',
    text: 'This is the content of the static text resource.',
  }),
  'test://static-binary': resource('test://static-binary', 'Static binary', {
    mimeType: 'image/png',
    blob: pixel,
  }),
  'test://watched-resource': resource('test://watched-resource', 'Watched resource', {
    mimeType: 'text/plain',
    text: 'Watched resource content',
  }),
};

/** The template that a scenario reads from. */
export const resourceTemplates = [
  {
    uriTemplate: 'test://template/{id}/data',
    name: 'Template',
    description: 'A resource with a parameter',
    mimeType: 'application/json',
  },
];
