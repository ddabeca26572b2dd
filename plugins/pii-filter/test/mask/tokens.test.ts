import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createPiiEngine, type PiiFilterSettingsInput } from '../../src/index.js';
import { keyedToken } from '../../src/mask/keyed-token.js';

const key = 'a key of many letters';
const built = new URL('../../dist/index.js', import.meta.url).href;

function tokenOf(text: string, settings: PiiFilterSettingsInput = {}, tenant = ''): string {
  return createPiiEngine({ mask_strategy: 'tokenize', key, ...settings }).mask(text, { tenant }).text;
}

describe('tokens', () => {
  it('are equal for equal values, however they are written', () => {
    expect(tokenOf('４１１１ 1111 1111 1111')).toBe(tokenOf('4111-1111-1111-1111'));
    expect(tokenOf('GB29 NWBK 6016 1331 9268 19')).toBe(tokenOf('gb29nwbk60161331926819'));
  });

  it('differ between tenants, types and keys', () => {
    const tokens = [
      keyedToken(key, 'a', 'ssn', '123456789'),
      keyedToken(key, 'b', 'ssn', '123456789'),
      keyedToken(key, 'a', 'bsn', '123456789'),
      keyedToken(`${key}!`, 'a', 'ssn', '123456789'),
    ];
    expect(new Set(tokens).size).toBe(4);
    expect(tokenOf('john@example.com', {}, 'a')).not.toBe(tokenOf('john@example.com', {}, 'b'));
  });

  it('does not let tenant and type run into one another', () => {
    expect(keyedToken(key, 'a', 'b', 'c')).not.toBe(keyedToken(key, 'ab', '', 'c'));
  });

  it('are equal in another process with the same key', () => {
    const script = `import { createPiiEngine } from ${JSON.stringify(built)};
      const engine = createPiiEngine({ mask_strategy: 'tokenize', key: ${JSON.stringify(key)} });
      process.stdout.write(engine.mask('john@example.com', { tenant: 'acme' }).text);`;
    const other = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(other).toBe(tokenOf('john@example.com', {}, 'acme'));
    expect(other).toMatch(/^\[TOKEN:EMAIL:[B-Z]{16}\]$/);
  });

  it('do not meet by chance among many values', () => {
    const tokens = new Set<string>();
    for (let index = 0; index < 100_000; index++) tokens.add(keyedToken(key, '', 'ssn', String(index)));
    expect(tokens.size).toBe(100_000);
  });

  it('without a key are others in each instance', () => {
    const settings = { mask_strategy: 'tokenize' } as const;
    const [first, second] = [createPiiEngine(settings), createPiiEngine(settings)];
    expect(first.mask('a@example.com').text).toBe(first.mask('a@example.com').text);
    expect(first.mask('a@example.com').text).not.toBe(second.mask('a@example.com').text);
  });
});
