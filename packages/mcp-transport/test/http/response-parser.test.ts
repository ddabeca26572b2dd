import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ResponseHead, ResponseParser } from '../../src/http/client/response-parser.js';

interface Parsed {
  readonly heads: ResponseHead[];
  readonly bodies: string[];
  readonly reusable: boolean[];
  readonly isWhole: boolean;
}

/** Parses a connection on which each response was asked for once the one before was whole. */
function parse(chunks: readonly (string | Buffer)[]): Parsed {
  const heads: ResponseHead[] = [];
  const bodies: string[] = [];
  const reusable: boolean[] = [];
  const parser = new ResponseParser({
    onHead: (head) => {
      heads.push(head);
      bodies.push('');
    },
    onBody: (chunk) => {
      bodies[bodies.length - 1] += chunk.toString();
    },
    onEnd: (isReusable) => {
      reusable.push(isReusable);
      if (isReusable) parser.expect();
    },
  });
  parser.expect();
  for (const chunk of chunks) parser.push(Buffer.from(chunk));
  return { heads, bodies, reusable, isWhole: parser.finish() };
}

const json = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nx-a: 2\r\n\r\n3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n';

describe('ResponseParser', () => {
  it('reads bodies of a length and in chunks, one response after the other', () => {
    expect(parse([json + chunked])).toMatchObject({
      heads: [
        { statusCode: 200, headers: { 'content-type': 'application/json' } },
        { statusCode: 200, headers: { 'x-a': '1, 2' } },
      ],
      bodies: ['{}', 'abc0123456789'],
      reusable: [true, true],
    });
  });

  it('reads the same however the bytes are cut', () => {
    const bytes = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${json}${chunked}`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (sizes) => {
        const chunks: Buffer[] = [];
        let start = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(start, start + size));
          start += size;
        }
        chunks.push(bytes.subarray(start));
        expect(parse(chunks).bodies).toEqual(['{}', 'abc0123456789']);
      }),
    );
  });

  it.each([
    ['HTTP/1.1 204 No Content\r\n\r\n', true],
    ['HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n', true],
  ])('knows whether the connection can be used again: %j', (text, isReusable) => {
    expect(parse([text]).reusable).toEqual([isReusable]);
  });

  it('reads to the end of the connection when there is no length', () => {
    expect(parse(['HTTP/1.1 200 OK\r\n\r\nab', 'c'])).toMatchObject({
      bodies: ['abc'],
      reusable: [false],
      isWhole: true,
    });
  });

  it('knows that a response is not whole', () => {
    expect(parse([json.slice(0, -1)]).isWhole).toBe(false);
    expect(parse([chunked.slice(0, -2)]).isWhole).toBe(false);
  });

  it.each([
    'NOT HTTP\r\n\r\n',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
    'HTTP/1.1 200 OK\r\n folded: x\r\n\r\n',
    'HTTP/1.1 200 OK\r\nname : x\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`,
  ])('throws at what is ambiguous or endless: %#', (text) => {
    expect(() => parse([text])).toThrow(Error);
  });

  it('throws at bytes that no request asked for', () => {
    const parser = new ResponseParser({ onHead: () => {}, onBody: () => {}, onEnd: () => {} });
    parser.expect();
    expect(() => parser.push(Buffer.from(`${json}HTTP/1.1 200 OK\r\n\r\n`))).toThrow('no request asked for');
  });
});
