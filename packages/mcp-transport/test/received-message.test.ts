import { describe, expect, it } from 'vitest';
import { TransportError } from '../src/errors/transport-error.js';
import { parseReceived } from '../src/received-message.js';

function refusal(text: string, splitBatches = false): TransportError {
  try {
    parseReceived(text, splitBatches);
  } catch (error) {
    if (TransportError.is(error)) return error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('parseReceived', () => {
  it('keeps the text beside what it parses to', () => {
    const text = '{ "jsonrpc":"2.0", "id":1, "method":"ping", "big": 9007199254740993 }';
    expect(parseReceived(text)).toMatchObject({ text, message: { id: 1, method: 'ping' } });
  });

  it.each([
    '{"jsonrpc":"2.0","method":"a"}',
    '{"jsonrpc":"2.0","id":"a","method":"a","params":[1]}',
    '{"jsonrpc":"2.0","id":0,"result":{}}',
    '{"jsonrpc":"2.0","id":1.5,"result":null}',
    '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"m"}}',
    '{"jsonrpc":"2.0","error":{"code":1,"message":"m"}}',
  ])('accepts %s', (text) => {
    expect(parseReceived(text)).toHaveProperty('text', text);
  });

  it.each([
    ['42', 'not an object'],
    ['null', 'not an object'],
    ['{"level":30,"msg":"log line"}', '`jsonrpc`'],
    ['{"jsonrpc":"2.0","id":1}', 'exactly one'],
    ['{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"m"}}', 'exactly one'],
    ['{"jsonrpc":"2.0","id":null,"method":"tools/call"}', '`id`'],
    ['{"jsonrpc":"2.0","id":{},"method":"tools/call"}', '`id`'],
    ['{"jsonrpc":"2.0","id":1e308,"method":"tools/call"}', '`id`'],
    ['{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/call"}', '`id`'],
    [`{"jsonrpc":"2.0","id":"${'x'.repeat(1025)}","method":"tools/call"}`, '`id`'],
    ['{"jsonrpc":"2.0","id":1,"method":7}', '`method`'],
    ['{"jsonrpc":"2.0","result":{}}', '`result` without `id`'],
  ])('refuses %s', (text, problem) => {
    const error = refusal(text);
    expect(error.code).toBe('MESSAGE_NOT_JSON_RPC');
    expect(error.message).toContain(problem);
  });

  it('says which request a refused message was, when its id can be read', () => {
    expect(refusal('{"jsonrpc":"1.0","id":"seven","method":"x"}').refused).toEqual({
      kind: 'request',
      id: 'seven',
    });
    expect(refusal('{"jsonrpc":"2.0","id":0}').refused).toEqual({ kind: 'answer', id: 0 });
    expect(refusal('{"jsonrpc":"2.0","id":null,"method":"x"}').refused).toBeUndefined();
  });

  it('shows the first line of what is not JSON, and not more than 200 characters of it', () => {
    expect(refusal('Listening on port 80\nsecond line').message).toBe('not JSON: Listening on port 80');
    expect(refusal('x'.repeat(5000)).message).toHaveLength('not JSON: '.length + 200);
  });

  it('refuses a batch', () => {
    expect(refusal('[{"jsonrpc":"2.0","method":"a"}]').code).toBe('BATCH_REFUSED');
  });

  it('splits a batch into messages with texts of their own where that is wanted', () => {
    const parts = parseReceived(
      '[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","id":1,"result":{}}]',
      true,
    );
    expect(parts).toEqual([
      { text: '{"jsonrpc":"2.0","method":"a"}', message: { jsonrpc: '2.0', method: 'a' } },
      { text: '{"jsonrpc":"2.0","id":1,"result":{}}', message: { jsonrpc: '2.0', id: 1, result: {} } },
    ]);
    expect(refusal('[1]', true).code).toBe('MESSAGE_NOT_JSON_RPC');
  });
});
