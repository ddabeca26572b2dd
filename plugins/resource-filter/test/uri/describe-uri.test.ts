import { expect, it } from 'vitest';
import { describeUri } from '../../src/uri/describe-uri.js';

it.each([
  ['https://u:p@example.com:8443/a/b?q=1#f', 'https://example.com:8443/a/b?…#…'],
  ['file:///etc/passwd', 'file:///etc/passwd'],
  ['data:text/plain,secret', 'data:…'],
  ['urn:isbn:1', 'urn:…'],
  [`https://example.com/${'a'.repeat(400)}`, `https://example.com/${'a'.repeat(299)}…`],
])('describes %s', (uri, text) => expect(describeUri(uri)).toBe(text));

it('says nothing of what is no URI', () => expect(describeUri('https://[secret')).toBeUndefined());
