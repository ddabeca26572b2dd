import { describe, expect, it } from 'vitest';
import { parseUrl } from '../../src/net/parse-url.js';

describe('parseUrl', () => {
  it('reads URLs, alone and against a base', () => {
    expect(parseUrl('https://example.com/a')?.pathname).toBe('/a');
    expect(parseUrl('b', new URL('https://example.com/a/'))?.href).toBe('https://example.com/a/b');
    expect(parseUrl('b')).toBeUndefined();
  });

  it('says the same the hundred thousandth time', () => {
    let readable = 0;
    for (let index = 0; index < 100_000; index++)
      if (parseUrl('https://ex\u00adample.com/') !== undefined) readable++;
    expect(readable).toBe(100_000);
  });
});
