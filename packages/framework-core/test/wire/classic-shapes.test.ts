import { describe, expect, it } from 'vitest';
import { adoptClassicPayload, splitForClassicPeer } from '../../src/wire/index.js';

describe('splitForClassicPeer', () => {
  const payload = {
    uri: 'file:///a',
    content: {
      contents: [
        { uri: 'file:///a', text: 'one' },
        { uri: 'file:///b', blob: 'AA==' },
      ],
      _meta: { m: 1 },
    },
  };

  it('makes one call of each block of a resource', () => {
    expect(splitForClassicPeer('resource_post_fetch', payload).parts).toEqual([
      { uri: 'file:///a', content: { type: 'resource', uri: 'file:///a', text: 'one' } },
      { uri: 'file:///a', content: { type: 'resource', uri: 'file:///b', blob: 'AA==' } },
    ]);
  });

  it('merges changed blocks and leaves out nulls that the model of the peer added', () => {
    const { merge } = splitForClassicPeer('resource_post_fetch', payload);
    const changed = {
      uri: 'file:///a',
      content: { type: 'resource', uri: 'file:///a', text: 'ONE', blob: null },
    };
    expect(merge([changed, undefined])).toEqual({
      uri: 'file:///a',
      content: {
        contents: [
          { uri: 'file:///a', text: 'ONE' },
          { uri: 'file:///b', blob: 'AA==' },
        ],
        _meta: { m: 1 },
      },
    });
    expect(merge([undefined, undefined])).toBeUndefined();
  });

  it.each([
    ['nothing', {}, 'text/plain'],
    ['the key of MCP', { mimeType: 'text/html' }, 'text/html'],
    ['the key of the oldest gateway', { mime_type: 'text/html' }, 'text/html'],
    ['nothing, without MCP’s key', { mimeType: undefined }, 'text/plain'],
    ['nothing, with a null of its model', { mime_type: null }, 'text/plain'],
  ])('shows a media type under both keys and takes back one, when the peer changes %s', (_, change, type) => {
    const block = { uri: 'u', mimeType: 'text/plain', text: 'a' };
    const { parts, merge } = splitForClassicPeer('resource_post_fetch', {
      uri: 'u',
      content: { contents: [block] },
    });
    const [part] = parts;
    expect(part?.['content']).toEqual({ type: 'resource', ...block, mime_type: 'text/plain' });
    const back = JSON.parse(
      JSON.stringify({ ...(part?.['content'] as object), text: 'b', ...change }),
    ) as object;
    expect(merge([{ uri: 'u', content: back }])).toEqual({
      uri: 'u',
      content: { contents: [{ uri: 'u', mimeType: type, text: 'b' }] },
    });
  });

  it('keeps a changed uri, so that the host refuses it', () => {
    const { merge } = splitForClassicPeer('resource_post_fetch', payload);
    expect(merge([{ uri: 'x', content: payload.content.contents[0] }, undefined])).toMatchObject({
      uri: 'x',
    });
  });

  it('shows a resource without contents as an empty text', () => {
    const split = splitForClassicPeer('resource_post_fetch', { uri: 'u', content: { contents: [] } });
    expect(split.parts).toEqual([{ uri: 'u', content: { type: 'resource', uri: 'u', text: '' } }]);
    expect(split.merge([split.parts[0]])).toEqual({ uri: 'u', content: { contents: [] } });
  });

  it.each([
    ['tool_post_invoke', 'result', { content: [{ type: 'text', text: 'boom' }], isError: true }],
    [
      'prompt_post_fetch',
      'result',
      { messages: [{ role: 'user', content: { type: 'text', text: 'boom' } }] },
    ],
    ['resource_post_fetch', 'content', { type: 'resource', uri: undefined, text: 'boom' }],
  ])('shows the error of %s as a result, message and data in turn', (hook, field, first) => {
    const error = { code: -1, message: 'boom', data: { key: 'secret' } };
    const { parts, merge } = splitForClassicPeer(hook, { name: 'x', error });
    expect(parts[0]).toEqual({ name: 'x', [field]: first });
    const redact = (part: object | undefined) =>
      JSON.parse(JSON.stringify(part).replace('boom', 'b***').replace('secret', '***')) as Record<
        string,
        unknown
      >;
    expect(merge(parts.map(redact))).toEqual({
      name: 'x',
      error: { code: -1, message: 'b***', data: { key: '***' } },
    });
    expect(merge([undefined, undefined])).toBeUndefined();
  });

  it('sends everything else as it is', () => {
    const tool = { name: 'x', result: { content: [], structuredContent: null } };
    const { parts, merge } = splitForClassicPeer('tool_post_invoke', tool);
    expect(parts).toEqual([tool]);
    const back = { name: 'x', result: { content: [], structuredContent: null, _meta: null } };
    expect(merge([back])).toEqual(tool);
  });
});

describe('adoptClassicPayload', () => {
  it('wraps the one block that a Python host sends, and unwraps what comes back', () => {
    const sent = {
      uri: 'u',
      content: { type: 'resource', id: '1', uri: 'u', mimeType: 'text/plain', text: 'a' },
    };
    const { payload, restore } = adoptClassicPayload('resource_post_fetch', sent);
    expect(payload).toEqual({ uri: 'u', content: { contents: [sent.content] } });
    const changed = { uri: 'u', content: { contents: [{ ...sent.content, text: 'b' }] } };
    expect(restore(changed)).toEqual({ uri: 'u', content: { ...sent.content, text: 'b' } });
  });

  it('reads and writes the mime_type of the oldest gateway', () => {
    const sent = { uri: 'u', content: { type: 'resource', uri: 'u', mime_type: 'text/plain', text: 'a' } };
    const { payload, restore } = adoptClassicPayload('resource_post_fetch', sent);
    expect(payload).toEqual({
      uri: 'u',
      content: { contents: [{ type: 'resource', uri: 'u', mimeType: 'text/plain', text: 'a' }] },
    });
    expect(restore(payload)).toEqual(sent);
    const image = { type: 'image', data: 'AA==', mime_type: 'image/png' };
    const embedded = { type: 'resource', resource: { uri: 'u', mime_type: 'text/plain', text: 'a' } };
    const result = { content: [image, embedded, 'x'], is_error: false };
    const tool = adoptClassicPayload('tool_post_invoke', { name: 't', result });
    expect(tool.payload).toEqual({
      name: 't',
      result: {
        content: [
          { type: 'image', data: 'AA==', mimeType: 'image/png' },
          { type: 'resource', resource: { uri: 'u', mimeType: 'text/plain', text: 'a' } },
          'x',
        ],
        isError: false,
      },
    });
    expect(tool.restore(tool.payload)).toEqual({ name: 't', result });
  });

  it('gives a block without uri that of the payload, for the plugin alone', () => {
    const { payload, restore } = adoptClassicPayload('resource_post_fetch', {
      uri: 'u',
      content: { text: 'a' },
    });
    expect(payload).toEqual({ uri: 'u', content: { contents: [{ uri: 'u', text: 'a' }] } });
    expect(restore(payload)).toEqual({ uri: 'u', content: { text: 'a' } });
  });

  it('takes a text for a block', () => {
    const { payload, restore } = adoptClassicPayload('resource_post_fetch', { uri: 'u', content: 'a' });
    expect(payload).toEqual({ uri: 'u', content: { contents: [{ uri: 'u', text: 'a' }] } });
    expect(restore(payload)).toEqual({ uri: 'u', content: 'a' });
  });

  it('refuses a modification that the host cannot take', () => {
    const { restore } = adoptClassicPayload('resource_post_fetch', { uri: 'u', content: { text: 'a' } });
    expect(() => restore({ uri: 'u', content: { contents: [] } })).toThrow('exactly one content');
  });

  it('reads and writes the is_error of the oldest gateway', () => {
    const sent = { name: 't', result: { content: [], is_error: true } };
    const { payload, restore } = adoptClassicPayload('tool_post_invoke', sent);
    expect(payload).toEqual({ name: 't', result: { content: [], isError: true } });
    expect(restore(payload)).toEqual(sent);
  });

  it.each([
    ['tool_pre_invoke', { name: 'x' }, { name: 'x', args: {} }],
    ['prompt_pre_fetch', { name: 'x' }, { name: 'x', args: {} }],
    ['tool_post_invoke', { name: 'x' }, { name: 'x', result: null }],
    ['resource_post_fetch', { uri: 'x' }, { uri: 'x', content: null }],
    ['tool_post_invoke', { name: 'x', error: {} }, { name: 'x', error: {} }],
    ['other', { name: 'x' }, { name: 'x' }],
  ])('fills in what %s leaves out: %j', (hook, sent, payload) => {
    expect(adoptClassicPayload(hook, sent).payload).toEqual(payload);
  });
});
