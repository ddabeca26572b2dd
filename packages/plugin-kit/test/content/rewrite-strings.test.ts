import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { rewriteContent, rewriteStrings, walkStrings } from '../../src/index.js';

const shout = (text: string): string => text.toUpperCase();

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}

function pointersOf(value: unknown, kind?: 'data' | 'result' | 'resource'): string[] {
  const pointers: string[] = [];
  walkStrings(
    value,
    (_text, place) => pointers.push(`${place.pointer} ${place.role}`),
    kind === undefined ? {} : { kind },
  );
  return pointers;
}

describe('rewriteStrings', () => {
  it('rewrites nested strings in a copy and leaves the frozen value alone', () => {
    const value = deepFreeze({ a: 'x', b: { c: ['y', 1, null, true, { d: 'z' }] } });
    expect(rewriteStrings(value, shout)).toEqual({ a: 'X', b: { c: ['Y', 1, null, true, { d: 'Z' }] } });
    expect(value.b.c[0]).toBe('y');
  });

  it('returns the same object when nothing changes', () => {
    const value = deepFreeze({ a: 'x', b: ['y', '{"c":"z"}'] });
    expect(rewriteStrings(value, (text) => text)).toBe(value);
  });

  it('keeps unchanged branches by reference', () => {
    const value = { changed: ['x'], same: { deep: ['Y'] } };
    const rewritten = rewriteStrings(value, shout);
    expect(rewritten.same).toBe(value.same);
    expect(rewritten.changed).toEqual(['X']);
  });

  it('keeps an own __proto__ key as data', () => {
    const value = JSON.parse('{"__proto__":{"polluted":"x"},"a":"y"}') as Record<string, unknown>;
    const rewritten = rewriteStrings(value, shout);
    expect(JSON.stringify(rewritten)).toBe('{"__proto__":{"polluted":"X"},"a":"Y"}');
    expect(Object.getPrototypeOf(rewritten)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('tells pointer, segments and nearest key of each string', () => {
    const seen: unknown[] = [];
    walkStrings({ 'a/b': [{ 'c~': ['x'] }] }, (text, place) => {
      seen.push([text, place.pointer, place.segments, place.key]);
    });
    expect(seen).toEqual([['x', '/a~1b/0/c~0/0', ['a/b', 0, 'c~', 0], 'c~']]);
  });

  it('refuses content that is nested too deep', () => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 300; depth++) value = [value];
    expect(() => rewriteStrings(value, shout)).toThrow(expect.objectContaining({ code: 'CONTENT_TOO_DEEP' }));
  });

  it('refuses a cyclic value instead of hanging', () => {
    const value: unknown[] = ['x'];
    value.push(value);
    expect(() => rewriteStrings(value, shout)).toThrow(expect.objectContaining({ code: 'CONTENT_TOO_DEEP' }));
  });

  it('refuses content with too many values', () => {
    const value = Array.from({ length: 11 }, () => 'x');
    let error: unknown;
    try {
      rewriteStrings(value, shout, { maxNodes: 10 });
    } catch (caught) {
      error = caught;
    }
    expect(FrameworkError.is(error, 'CONTENT_TOO_LARGE')).toBe(true);
  });
});

describe('maxItems', () => {
  it.each([[[1, 2, 3]], [{ a: 1, b: 2, c: 3 }]])('refuses a collection with more items: %j', (value) => {
    expect(rewriteStrings(value, shout, { maxItems: 3 })).toBe(value);
    expect(() => rewriteStrings(value, shout, { maxItems: 2 })).toThrow(
      expect.objectContaining({ code: 'CONTENT_TOO_LARGE' }),
    );
  });
});

describe('rewriteContent', () => {
  it('visits numbers only on request, with the digits as written', () => {
    const seen: [number, string][] = [];
    const value = { card: 4111111111111111, text: '{"card":4131034282458809939}' };
    rewriteContent(value, {
      text: (text) => text,
      number: (number, _place, literal) => {
        seen.push([number, literal]);
        return number;
      },
    });
    expect(seen).toEqual([
      [4111111111111111, '4111111111111111'],
      [Number('4131034282458809939'), '4131034282458809939'],
    ]);
  });

  it('puts a string or null in the place of a number', () => {
    const masked = rewriteContent([1, { b: 2 }], {
      text: (text) => text,
      number: (n) => (n === 1 ? 'one' : null),
    });
    expect(masked).toEqual(['one', { b: null }]);
  });

  it('renames property names in order and numbers those that meet', () => {
    const rewritten = rewriteContent(
      { 'a@x.de': 1, kept: 2, 'b@x.de': 3, 'MAIL (2)': 4 },
      { text: (text) => text, key: (key) => (key.includes('@') ? 'MAIL' : key) },
    );
    expect(Object.entries(rewritten)).toEqual([
      ['MAIL', 1],
      ['kept', 2],
      ['MAIL (3)', 3],
      ['MAIL (2)', 4],
    ]);
  });

  it('numbers many names that meet in linear time', () => {
    const value = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`name-${index}`, 1]));
    const rewritten = rewriteContent(value, { text: (text) => text, key: () => 'MASKED' });
    expect(Object.keys(rewritten)).toHaveLength(50_000);
  });
});

describe('walkStrings over MCP content', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).toString('base64');

  it.each([
    ['text', { type: 'text', text: 'a' }, ['/content/0/text text']],
    ['image', { type: 'image', data: png, mimeType: 'image/png' }, ['/content/0/mimeType mediaType']],
    ['audio', { type: 'audio', data: png, mimeType: 'audio/wav' }, ['/content/0/mimeType mediaType']],
    [
      'resource with text',
      { type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/plain', text: 'a' } },
      [
        '/content/0/resource/uri uri',
        '/content/0/resource/mimeType mediaType',
        '/content/0/resource/text text',
      ],
    ],
    [
      'resource_link',
      {
        type: 'resource_link',
        uri: 'file:///a',
        name: 'n',
        title: 't',
        description: 'd',
        mimeType: 'text/plain',
      },
      [
        '/content/0/uri uri',
        '/content/0/name label',
        '/content/0/title label',
        '/content/0/description label',
        '/content/0/mimeType mediaType',
      ],
    ],
    [
      'unknown kind',
      { type: 'hologram', data: 'a', deep: { er: ['b'] } },
      ['/content/0/type value', '/content/0/data value', '/content/0/deep/er/0 value'],
    ],
    ['no type', { text: 'a' }, ['/content/0/text value']],
    ['object where text belongs', { type: 'text', text: { a: 'b' } }, ['/content/0/text/a text']],
    ['object where type belongs', { type: { a: 'b' } }, ['/content/0/type/a value']],
    [
      'annotations and _meta',
      { type: 'text', text: 'a', annotations: { audience: ['user'] }, _meta: { b: 'c' } },
      ['/content/0/text text', '/content/0/annotations/audience/0 value', '/content/0/_meta/b value'],
    ],
    [
      'nested tool_result',
      { type: 'tool_result', toolUseId: 'i', content: [{ type: 'text', text: 'a' }] },
      ['/content/0/toolUseId value', '/content/0/content/0/text text'],
    ],
  ])('visits every string of a block: %s', (_name, block, expected) => {
    expect(pointersOf({ content: [block] }, 'result')).toEqual(expected);
  });

  it('visits structuredContent, _meta and unknown fields of a tool result', () => {
    const result = {
      content: [],
      structuredContent: { a: { b: 'x' } },
      isError: false,
      _meta: { c: 'y' },
      extra: ['z'],
    };
    expect(pointersOf(result, 'result')).toEqual([
      '/structuredContent/a/b value',
      '/_meta/c value',
      '/extra/0 value',
    ]);
  });

  it('visits prompt messages with one block or several, and their description', () => {
    const result = {
      description: 'd',
      messages: [
        { role: 'user', content: { type: 'text', text: 'a' } },
        { role: 'pirate', content: [{ type: 'text', text: 'b' }] },
      ],
    };
    expect(pointersOf(result, 'result')).toEqual([
      '/description label',
      '/messages/0/content/text text',
      '/messages/1/role value',
      '/messages/1/content/0/text text',
    ]);
  });

  it.each([
    ['contents', { contents: [{ uri: 'u', text: 'a' }] }, ['/contents/0/uri uri', '/contents/0/text text']],
    ['one block', { uri: 'u', text: 'a' }, ['/uri uri', '/text text']],
    ['a list', [{ uri: 'u', text: 'a' }], ['/0/uri uri', '/0/text text']],
    ['a typed block', { type: 'text', text: 'a' }, ['/text text']],
    ['something else', { a: 'b' }, ['/a value']],
    ['a bare string', 'a', [' value']],
  ])('visits resource content: %s', (_name, content, expected) => {
    expect(pointersOf(content, 'resource')).toEqual(expected);
  });

  it('reads and rewrites a blob that holds text, whatever media type it states', () => {
    const blob = Buffer.from('secret ünïcode').toString('base64');
    const value = { contents: [{ uri: 'u', mimeType: 'image/png', blob }] };
    const rewritten = rewriteStrings(value, (text) => text.replace('secret', '***'), { kind: 'resource' });
    expect(Buffer.from(rewritten.contents[0]?.blob ?? '', 'base64').toString()).toBe('*** ünïcode');
  });

  it('keeps the bytes of a text blob that does not change', () => {
    const value = { contents: [{ uri: 'u', blob: 'aGk' }] };
    expect(rewriteStrings(value, (text) => text, { kind: 'resource' })).toBe(value);
  });

  it('refuses a text blob beyond its limit and lets binary ones of that size pass', () => {
    const options = { kind: 'resource', maxBlobLength: 100 } as const;
    const text = { contents: [{ uri: 'u', blob: Buffer.from('a'.repeat(300)).toString('base64') }] };
    const binary = { contents: [{ uri: 'u', blob: Buffer.alloc(300).toString('base64') }] };
    expect(() => rewriteStrings(text, shout, options)).toThrow(
      expect.objectContaining({ code: 'CONTENT_TOO_LARGE' }),
    );
    expect(rewriteStrings(binary, (value) => value, options)).toBe(binary);
  });
});
