import { describe, expect, it } from 'vitest';
import { createNetGuard } from '../../src/net/net-guard.js';
import type { NetPolicy } from '../../src/net/net-policy.js';

function codeOf(url: string, policy: NetPolicy = {}): string {
  const verdict = createNetGuard(policy).checkUrl(url);
  return verdict.ok ? 'ok' : verdict.refusal.code;
}

const resolving = (...answers: readonly (readonly string[])[]) => {
  let query = 0;
  return async () => answers[Math.min(query++, answers.length - 1)] ?? [];
};

describe('NetGuard.checkUrl', () => {
  it.each([
    ['https://example.com/', 'ok'],
    ['http://example.com/', 'ok'],
    ['ftp://example.com/', 'PROTOCOL_BLOCKED'],
    ['file:///etc/passwd', 'PROTOCOL_BLOCKED'],
    ['nothing', 'INVALID_URI'],
    ['https://{host}/', 'INVALID_URI'],
    ['https://a.{region}.example/', 'INVALID_URI'],
    ['https://example.com/{id}', 'ok'],
    ['https://user@example.com/', 'URI_CREDENTIALS'],
    ['https://:secret@example.com/', 'URI_CREDENTIALS'],
    [`https://example.com/${'a'.repeat(2048)}`, 'URI_TOO_LONG'],
    ['https://169.254.169.254/', 'PRIVATE_ADDRESS'],
    ['https://localhost/', 'PRIVATE_ADDRESS'],
    ['https://a.localhost./', 'PRIVATE_ADDRESS'],
    ['https://printer.local/', 'PRIVATE_ADDRESS'],
    ['https://metadata.google.internal/', 'PRIVATE_ADDRESS'],
    ['https://notlocal/', 'ok'],
  ])('closed by default: %s gives %s', (url, code) => expect(codeOf(url)).toBe(code));

  it('lets a list of hosts narrow, and never open a private address', () => {
    const policy = { allowedHosts: ['example.com', '*.partner.com', '192.168.1.1', 'localhost'] };
    expect(codeOf('https://example.com/', policy)).toBe('ok');
    expect(codeOf('https://api.partner.com/', policy)).toBe('ok');
    expect(codeOf('https://partner.com/', policy)).toBe('HOST_NOT_ALLOWED');
    expect(codeOf('https://a.example.com/', policy)).toBe('HOST_NOT_ALLOWED');
    expect(codeOf('https://192.168.1.1/', policy)).toBe('HOST_NOT_ALLOWED');
    expect(codeOf('https://localhost/', policy)).toBe('HOST_NOT_ALLOWED');
    expect(codeOf('nothing', policy)).toBe('HOST_NOT_ALLOWED');
  });

  it('opens what the policy names as private', () => {
    const policy = { privateHosts: ['localhost', '10.0.0.0/8'] };
    expect(codeOf('http://localhost:3000/', policy)).toBe('ok');
    expect(codeOf('http://10.1.1.1/', policy)).toBe('ok');
    expect(codeOf('http://192.168.0.1/', policy)).toBe('PRIVATE_ADDRESS');
    expect(codeOf('http://127.0.0.1/', { blockPrivateAddresses: false })).toBe('ok');
  });

  it('lets a block win over everything', () => {
    const policy = {
      blockedHosts: ['example.com'],
      allowedHosts: ['example.com'],
      privateHosts: ['example.com'],
    };
    expect(codeOf('https://example.com/', policy)).toBe('DOMAIN_BLOCKED');
  });

  it('says nothing of path, query, fragment and user in a refusal', () => {
    const verdict = createNetGuard().checkUrl('https://canary:canary@10.0.0.1/canary?canary#canary');
    expect(verdict.ok).toBe(false);
    expect(JSON.stringify(verdict)).not.toContain('canary');
  });
});

describe('NetGuard.check', () => {
  const check = async (addresses: readonly string[], policy: NetPolicy = {}) => {
    const verdict = await createNetGuard(policy, { resolveHost: resolving(addresses) }).check(
      'https://name.example/',
    );
    return verdict.ok ? 'ok' : verdict.refusal.code;
  };

  it('looks at the addresses of a name', async () => {
    expect(await check(['93.184.216.34'])).toBe('ok');
    expect(await check(['127.0.0.1'])).toBe('PRIVATE_ADDRESS');
    expect(await check(['::ffff:169.254.169.254'])).toBe('PRIVATE_ADDRESS');
  });

  it('refuses a name with one private address among public ones', async () => {
    expect(await check(['93.184.216.34', '10.0.0.1'])).toBe('PRIVATE_ADDRESS');
  });

  it('refuses a name whose address is in a blocked range', async () => {
    expect(await check(['93.184.216.34'], { blockedHosts: ['93.184.0.0/16'] })).toBe('DOMAIN_BLOCKED');
  });

  it.each([[[]], [['nonsense']], [['93.184.216.34', 'nonsense']]])(
    'refuses the answer %j',
    async (answer) => {
      expect(await check(answer)).toBe('DNS_FAILED');
    },
  );

  it('takes a name that does not resolve as the policy says', async () => {
    const resolveHost = async () => {
      throw new Error('ENOTFOUND');
    };
    const verdicts = (['block', 'allow'] as const).map((onDnsFailure) =>
      createNetGuard({ onDnsFailure }, { resolveHost }).check('https://name.example/'),
    );
    expect(await Promise.all(verdicts)).toMatchObject([
      { ok: false, refusal: { code: 'DNS_FAILED' } },
      { ok: true },
    ]);
  });

  it('asks nobody about an address or a URI without host', async () => {
    const resolveHost = async () => {
      throw new Error('asked');
    };
    const guard = createNetGuard({ allowedProtocols: ['https', 'urn'] }, { resolveHost });
    expect(await guard.check('https://8.8.8.8/')).toMatchObject({ ok: true });
    expect(await guard.check('urn:a:b')).toMatchObject({ ok: true });
  });
});
