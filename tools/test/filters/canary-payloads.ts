/** A part of every planted value that nothing else contains. */
export const canary = 'zq7canary';
/** Personal data, a denied word and what a content filter looks for, in one. */
const value = `${canary}@corp-mail.com`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const data = {
  text: `write to ${value} today`,
  nested: [{ deep: { deeper: value } }],
  json: JSON.stringify({ email: value }),
  encoded: encodeURIComponent(value),
};
const blocks = [
  { type: 'text', text: value },
  { type: 'resource', resource: { uri: 'https://example.com/r', text: value } },
  {
    type: 'resource',
    resource: { uri: 'https://example.com/r', blob: base64(value), mimeType: 'text/plain' },
  },
  { type: 'resource_link', uri: `https://example.com/?q=${value}`, name: value, description: value },
];
const error = { code: -32000, message: `cannot serve ${value}`, data };
const uri = 'https://example.com/a';

/** A payload in which every plugin finds the value. */
export const found = { uri, content: { contents: [{ uri, text: value }] } };

/** Payloads in which the value stands in every place that a plugin may look at, by hook. */
export const payloads: Readonly<Record<string, readonly object[]>> = {
  prompt_pre_fetch: [{ name: 'greet', args: { who: value, text: data.text } }],
  prompt_post_fetch: [
    {
      name: 'greet',
      result: {
        description: value,
        messages: [
          { role: 'user', content: blocks[0] },
          { role: 'user', content: blocks[1] },
        ],
      },
    },
    { name: 'greet', error },
  ],
  tool_pre_invoke: [{ name: 'send', args: data, headers: { 'x-user': value } }],
  tool_post_invoke: [
    { name: 'send', result: { content: blocks, structuredContent: data, isError: false } },
    { name: 'send', result: { content: [{ type: 'text', text: value }], isError: true } },
    { name: 'send', error },
  ],
  resource_pre_fetch: [
    { uri, metadata: data },
    { uri: `https://user:${value}@example.com/?q=${value}#${value}` },
    { uri: `data:text/plain,${value}` },
    { uri: `https://[${value}` },
  ],
  resource_post_fetch: [
    {
      uri,
      content: {
        contents: [
          { uri, text: value },
          { uri, blob: base64(value), mimeType: 'text/plain' },
        ],
      },
    },
    { uri, content: { contents: [{ uri: `http://127.0.0.1/?q=${value}`, text: value }] } },
    { uri, content: { contents: [{ uri, text: value.repeat(100) }] } },
    { uri, content: { text: value, mimeType: `x-${canary}/x` } },
    { uri, error },
  ],
  sampling_pre_create: [
    {
      params: {
        systemPrompt: value,
        messages: [{ role: 'user', content: { type: 'text', text: value } }],
        maxTokens: 1,
      },
    },
  ],
  elicitation_post_response: [{ result: { action: 'accept', content: { email: value } } }],
  completion_pre_complete: [
    { params: { ref: { type: 'ref/prompt', name: 'p' }, argument: { name: 'a', value } } },
  ],
  completion_post_complete: [{ result: { completion: { values: [value] } } }, { error }],
  notification_pre_send: [
    { method: 'notifications/message', params: { level: 'info', data } },
    { method: 'notifications/progress', params: { progressToken: 1, progress: 1, message: value } },
  ],
};

const wrapped = (depth: number, inside: string): string =>
  `${'{"a":'.repeat(depth)}${inside}${'}'.repeat(depth)}`;

/** Deeper than content is walked, counting JSON inside of strings: plugins that walk into it fail. */
export const tooDeep = {
  name: 'send',
  args: JSON.parse(wrapped(150, JSON.stringify(wrapped(100, JSON.stringify(value))))) as object,
};

/** Whether a text holds the value, as it is or encoded. */
export function leaks(text: string): boolean {
  const inBase64 = [0, 1, 2].map((shift) =>
    base64(`${'x'.repeat(shift)}${canary}`).slice(shift === 0 ? 0 : 4, 12),
  );
  return text.toLowerCase().includes(canary) || inBase64.some((part) => text.includes(part));
}
