import { describe, expect, it } from 'vitest';
import { block, modify, proceed, respond } from '../../src/index.js';
import { carriesModification, parseResult } from '../../src/results/parse-result.js';

const invalid = expect.objectContaining({ code: 'RESULT_INVALID' });

describe('parseResult', () => {
  it.each([
    ['proceed', proceed(), { continueProcessing: true }],
    ['proceed with metadata', proceed({ a: 1 }), { continueProcessing: true, metadata: { a: 1 } }],
    ['modify', modify({ name: 'x' }), { continueProcessing: true, modifiedPayload: { name: 'x' } }],
    ['respond', respond(null), { continueProcessing: true, response: { result: null } }],
    [
      'block',
      block({ code: 'A', reason: 'b', mcpErrorCode: -32001, httpStatusCode: 403, details: { n: 1 } }),
      {
        continueProcessing: false,
        violation: { code: 'A', reason: 'b', mcpErrorCode: -32001, httpStatusCode: 403, details: { n: 1 } },
      },
    ],
    [
      'a plain object',
      { continueProcessing: true, modifiedPayload: null, violation: null, metadata: null },
      {
        continueProcessing: true,
      },
    ],
    [
      'a block without violation',
      { continueProcessing: false },
      {
        continueProcessing: false,
        violation: { code: 'BLOCKED', reason: 'Blocked by guard' },
      },
    ],
  ])('takes %s', (_name, returned, expected) => {
    expect(parseResult(returned, 'guard')).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['text', 'ok'],
    ['true', true],
    ['an array', []],
    ['a function', () => undefined],
    ['an empty object', {}],
    ['continueProcessing "false"', { continueProcessing: 'false' }],
    ['continueProcessing 0', { continueProcessing: 0 }],
    ['continueProcessing null', { continueProcessing: null }],
    ['snake_case', { continue_processing: true }],
    ['an unknown field', { continueProcessing: true, modifiedpayload: {} }],
    [
      'a violation with continueProcessing: true',
      { continueProcessing: true, violation: { code: 'A', reason: 'b' } },
    ],
    ['a violation that is text', { continueProcessing: false, violation: 'no' }],
    ['a violation without a code', { continueProcessing: false, violation: { reason: 'b' } }],
    ['a violation without a reason', { continueProcessing: false, violation: { code: 'A', reason: '' } }],
    ['metadata that is a list', { continueProcessing: true, metadata: [] }],
    ['a response without a result', { continueProcessing: true, response: {} }],
    [
      'a class instance',
      new (class Result {
        continueProcessing = true;
      })(),
    ],
  ])('RESULT_INVALID: %s', (_name, returned) => {
    expect(() => parseResult(returned, 'guard')).toThrow(invalid);
  });

  it('keeps a refusal whose details or metadata are of no use', () => {
    const violation = { code: 'A', reason: 'b', details: { at: new Date(0) } };
    expect(parseResult({ continueProcessing: false, violation, metadata: { fn: () => 1 } }, 'guard')).toEqual(
      {
        continueProcessing: false,
        violation: { code: 'A', reason: 'b' },
      },
    );
  });

  it('copies details and metadata, so that the plugin cannot change them later', () => {
    const details = { list: [1] };
    const metadata = { list: [1] };
    const parsed = parseResult(block({ code: 'A', reason: 'b', details }, metadata), 'guard');
    details.list.push(2);
    metadata.list.push(2);
    expect(parsed.violation?.details).toEqual({ list: [1] });
    expect(parsed.metadata).toEqual({ list: [1] });
  });

  it('reads each property once', () => {
    const reads: string[] = [];
    const proxy = new Proxy({ continueProcessing: true } as Record<string, unknown>, {
      get(target, key) {
        reads.push(String(key));
        return target[String(key)];
      },
    });
    parseResult(proxy, 'guard');
    expect(reads.toSorted()).toEqual([...new Set(reads)].toSorted());
  });
});

describe('carriesModification', () => {
  it.each<[string, unknown, boolean]>([
    ['text', 'x', false],
    ['nothing', undefined, false],
    ['a modification', { modifiedPayload: {} }, true],
    ['null in its place', { modifiedPayload: null }, false],
    [
      'what cannot be read',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
      true,
    ],
  ])('%s: %3$s', (_name, returned, expected) => {
    expect(carriesModification(returned)).toBe(expected);
  });
});
