import { describe, expect, it } from 'vitest';
import { readToolResult, toToolError, toToolResult } from '../../src/wire/index.js';

const text = (value: string) => ({ type: 'text', text: value });

describe('toToolResult', () => {
  it('has one text with the JSON and the same as structured content', () => {
    expect(toToolResult({ a: 1 })).toEqual({ content: [text('{"a":1}')], structuredContent: { a: 1 } });
  });

  it('has no structured content for a list, which MCP does not allow', () => {
    expect(toToolResult([{ a: 1 }])).toEqual({ content: [text('[{"a":1}]')] });
  });
});

describe('readToolResult', () => {
  it.each([
    ['one text', { content: [text('{\n  "a": 1\n}')] }, { a: 1 }],
    ['structured content alone', { content: [], structuredContent: { a: 1 } }, { a: 1 }],
    [
      'texts before structured content',
      { content: [text('{"a":1}')], structuredContent: { a: 2 } },
      { a: 1 },
    ],
    ['nothing', { content: [] }, undefined],
    ['items that are no text', { content: [{ type: 'image', data: '' }, text('1')] }, 1],
    [
      'the first of several with a result',
      { content: [text('{"x":1}'), text('{"result":{}}')] },
      { result: {} },
    ],
    [
      'a list, one text each',
      { content: [text('{"name":"a"}'), text('{"name":"b"}')] },
      [{ name: 'a' }, { name: 'b' }],
    ],
  ])('reads %s', (_, result, value) => {
    expect(readToolResult(result)).toEqual(value);
  });

  it.each([
    ['a text that is not JSON', { content: [text('Tool execution error: x')] }, 'not JSON'],
    ['an error', toToolError('Unknown tool: x'), 'Unknown tool: x'],
    ['content that is no list', { content: 'x' }, 'not an array'],
    ['no object', 'x', 'is not an object'],
    ['too many characters', { content: [text('"'.padEnd(50) + '"')] }, 'the limit is 40'],
    ['too deep', { content: [text('[[[[[0]]]]]')] }, 'deeper than 4'],
  ])('refuses %s', (_, result, message) => {
    expect(() => readToolResult(result, { maxCharacters: 40, maxDepth: 4 })).toThrow(message);
  });

  it('does not quote what could not be parsed', () => {
    expect(() => readToolResult({ content: [text('secret 123')] })).toThrow(/^((?!secret).)*$/);
  });
});
