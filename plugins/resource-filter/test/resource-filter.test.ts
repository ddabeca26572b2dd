import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { codeOf, create, post, pre } from './support.js';

const contents = (...items: readonly object[]) => ({
  contents: items.map((item) => ({ uri: 'https://example.com/a', ...item })),
});
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

describe('before a resource is read', () => {
  it.each([
    ['https://example.com/', {}, 'ok'],
    ['file:///etc/passwd', {}, 'PROTOCOL_BLOCKED'],
    ['test://resource', { allowed_protocols: ['test'] }, 'ok'],
    ['urn:isbn:0451450523', { allowed_protocols: ['urn'] }, 'ok'],
    ['nothing', {}, 'INVALID_URI'],
    ['https://{host}/', {}, 'INVALID_URI'],
    ['https://a.evil.com:8443/', { blocked_domains: ['evil.com'] }, 'DOMAIN_BLOCKED'],
    ['https://10.9.8.7/', { blocked_domains: ['10.0.0.0/8'] }, 'DOMAIN_BLOCKED'],
    ['https://good.com/', { blocked_domains: ['evil.com'] }, 'ok'],
    ['https://a.example.com/', { allowed_domains: ['*.example.com'] }, 'ok'],
    ['https://example.com/', { allowed_domains: ['*.example.com'] }, 'HOST_NOT_ALLOWED'],
    ['https://127.1/', {}, 'PRIVATE_ADDRESS'],
    ['https://127.1/', { block_private_addresses: false }, 'ok'],
    ['https://127.1/', { allowed_private_hosts: ['127.0.0.0/8'] }, 'ok'],
    ['https://u:p@example.com/', {}, 'URI_CREDENTIALS'],
    ['https://u:p@example.com/', { allow_credentials: true }, 'ok'],
    ['https://example.com/', { max_uri_length: 19 }, 'URI_TOO_LONG'],
    ['https://example.com/', { max_uri_length: 20 }, 'ok'],
    ['file:///srv/docs/a', { allowed_protocols: ['file'], file_roots: ['/srv/docs'] }, 'ok'],
    [
      'file:///srv/docs/../a',
      { allowed_protocols: ['file'], file_roots: ['/srv/docs'] },
      'FILE_PATH_BLOCKED',
    ],
  ])('%s with %j: %s', async (uri, config, code) => expect(codeOf(await pre(uri, config))).toBe(code));

  it('has the violations of the specification', async () => {
    expect(await pre('ftp://evil.com/file')).toEqual({
      continueProcessing: false,
      metadata: undefined,
      violation: {
        code: 'PROTOCOL_BLOCKED',
        reason: 'Blocked protocol',
        description: 'The URI is not read: protocol "ftp" is not allowed',
        details: {
          protocol: 'ftp',
          domain: 'evil.com',
          uri: 'ftp://evil.com/file',
          allowed: ['http', 'https'],
        },
        httpStatusCode: 403,
      },
    });
    expect(await pre('https://evil.com/', { blocked_domains: ['evil.com'] })).toMatchObject({
      violation: { code: 'DOMAIN_BLOCKED', reason: 'Blocked domain', details: { domain: 'evil.com' } },
    });
  });

  it('answers at once without DNS', () => {
    expect(create().hooks.resource_pre_fetch({ uri: 'https://example.com/' })).toBeUndefined();
  });

  it.each([
    [['93.184.216.34'], {}, 'ok'],
    [['93.184.216.34', '10.0.0.1'], {}, 'PRIVATE_ADDRESS'],
    [['::ffff:169.254.169.254'], {}, 'PRIVATE_ADDRESS'],
    [['10.0.0.1'], { allowed_private_hosts: ['name.example'] }, 'ok'],
    [['93.184.216.34'], { blocked_domains: ['93.184.0.0/16'] }, 'DOMAIN_BLOCKED'],
    [[], {}, 'DNS_FAILED'],
    [[], { dns_failure: 'allow' }, 'ok'],
  ])('with resolve_hosts looks at the addresses %j', async (addresses, config, code) => {
    const parts = { resolveHost: async () => addresses };
    expect(codeOf(await pre('https://name.example/', { ...config, resolve_hosts: true }, parts))).toBe(code);
  });

  it('looks up no host of a protocol without DNS, and none without resolve_hosts', async () => {
    const parts = {
      resolveHost: async () => {
        throw new Error('asked');
      },
    };
    expect(
      await pre('test://name/', { allowed_protocols: ['test'], resolve_hosts: true }, parts),
    ).toBeUndefined();
    expect(await pre('https://name.example/', {}, parts)).toBeUndefined();
  });
});

describe('after a resource was read', () => {
  it('checks the URI again: the pre hook may not have run', async () => {
    expect(codeOf(await post('text', {}, { uri: 'file:///etc/passwd' }))).toBe('PROTOCOL_BLOCKED');
    const parts = { uri: 'https://name.example/', resolveHost: async () => ['127.0.0.1'] };
    expect(codeOf(await post('text', { resolve_hosts: true }, parts))).toBe('PRIVATE_ADDRESS');
  });

  it('refuses content from another place that is not allowed', async () => {
    const result = await post({ contents: [{ uri: 'http://169.254.169.254/latest', text: 'x' }] });
    expect(result).toMatchObject({
      violation: {
        code: 'REDIRECT_BLOCKED',
        details: {
          because: 'PRIVATE_ADDRESS',
          domain: '169.254.169.254',
          requested_uri: 'https://example.com/a',
        },
      },
    });
    const parts = {
      resolveHost: async (host: string) => [host === 'b.example' ? '10.0.0.1' : '93.184.216.34'],
    };
    const looked = await post(
      contents({ uri: 'https://b.example/', text: 'x' }),
      { resolve_hosts: true },
      parts,
    );
    expect(codeOf(looked)).toBe('REDIRECT_BLOCKED');
  });

  it('lets content from another allowed place through', async () => {
    expect(await post(contents({ uri: 'https://other.example/', text: 'x' }))).toBeUndefined();
  });

  it.each([
    ['text', contents({ text: 'x'.repeat(10) })],
    ['UTF-8', contents({ text: 'é'.repeat(5) })],
    ['a blob', contents({ blob: base64('x'.repeat(10)) })],
    ['several contents', contents({ text: 'xxxxx' }, { blob: base64('xxxxx') })],
    ['a single block', { text: 'x'.repeat(10) }],
    [
      'an embedded resource',
      { type: 'resource', resource: { uri: 'https://example.com/a', text: 'x'.repeat(10) } },
    ],
    ['bytes', { blob: new Uint8Array(10) }],
    ['bare text', 'x'.repeat(10)],
    ['an unknown form', { a: 1234 }],
  ])('measures %s in bytes', async (_what, content) => {
    expect(codeOf(await post(content, { max_content_size: 10 }))).toBe('ok');
    expect(await post(content, { max_content_size: 9 })).toMatchObject({
      violation: {
        code: 'CONTENT_SIZE_EXCEEDED',
        reason: 'Content too large',
        details: { size: 10, limit: 9 },
      },
    });
  });

  it('decides by media type', async () => {
    const config = { allowed_mime_types: ['text/*', 'image/png'] };
    expect(codeOf(await post(contents({ mimeType: 'text/markdown', text: '# x' }), config))).toBe('ok');
    expect(await post(contents({ mimeType: 'image/png', blob: base64('MZ\x90') }), config)).toMatchObject({
      violation: {
        code: 'FILETYPE_BLOCK',
        details: { mime_type: 'image/png', detected: 'application/vnd.microsoft.portable-executable' },
      },
    });
  });

  it('filters texts and blobs that hold text', async () => {
    const content_filters = [{ pattern: 'password: \\S+', replacement: '$1' }];
    const result = await post(
      contents({ text: 'Password: abc, password: def' }, { blob: base64('my password: ghi') }),
      { content_filters },
    );
    expect(result).toMatchObject({
      continueProcessing: true,
      metadata: { content_filtered: true, resource_filter: { matches: { 'content_filters.0': 3 } } },
      modifiedPayload: { content: contents({ text: '$1 $1' }, { blob: base64('my $1') }) },
    });
  });

  it('filters the message of an error, too', async () => {
    const plugin = create({ content_filters: [{ pattern: 'secret', name: 'secrets' }] });
    const payload = { uri: 'https://example.com/a', error: { code: 1, message: 'a secret' } };
    expect(plugin.hooks.resource_post_fetch(payload)).toMatchObject({
      modifiedPayload: { error: { message: 'a ***' } },
    });
  });

  it('refuses content by a blocking rule and names the rule', async () => {
    const content_filters = [{ pattern: 'top secret', action: 'block', name: 'classified' }];
    const result = await post(contents({ text: 'This is TOP SECRET.' }), { content_filters });
    expect(result).toMatchObject({
      violation: { code: 'BLOCKED_CONTENT', details: { filters: ['classified'] } },
    });
    expect(JSON.stringify(result).toLowerCase()).not.toContain('secret');
  });

  it('regards letter case when a rule says so', async () => {
    const rule = { pattern: 'secret', ignore_case: false };
    const filtered = await post(contents({ text: 'Secret secret' }), { content_filters: [rule] });
    expect(filtered).toMatchObject({ modifiedPayload: { content: contents({ text: 'Secret ***' }) } });
  });

  it('leaves what no rule finds as it is', async () => {
    expect(await post(contents({ text: 'x' }), { content_filters: [{ pattern: 'y' }] })).toBeUndefined();
  });
});

describe('what a refusal says', () => {
  it('holds nothing of user, query, fragment and of what has no hierarchy', async () => {
    const uris = [
      'ftp://u:canary@h/p?canary#canary',
      'data:text/plain,canary',
      'https://canary@h.example/',
      'https://[canary/',
    ];
    const results = await Promise.all(uris.map((uri) => pre(uri)));
    expect(results.map(codeOf)).toEqual([
      'PROTOCOL_BLOCKED',
      'PROTOCOL_BLOCKED',
      'URI_CREDENTIALS',
      'INVALID_URI',
    ]);
    expect(JSON.stringify(results)).not.toContain('canary');
  });
});

describe('settings', () => {
  it.each([
    [{ allowed_protocol: ['http'] }, 'allowed_protocol'],
    [{ allowed_protocols: [] }, 'allowed_protocols'],
    [{ allowed_protocols: ['https://'] }, 'a protocol is a word'],
    [{ blocked_domains: ['https://evil.com'] }, 'blocked_domains'],
    [{ allowed_domains: ['evil.com:80'] }, 'without scheme, port and path'],
    [{ allowed_private_hosts: ['10.0.0.0/99'] }, 'address range'],
    [{ file_roots: ['docs'] }, 'absolute path'],
    [{ allowed_mime_types: ['png'] }, 'application/pdf or image/*'],
    [{ content_filters: [{ pattern: '(a' }] }, 'content_filters'],
    [{ content_filters: [{ pattern: '(?=a)' }] }, 'content_filters'],
    [{ max_content_size: -1 }, 'max_content_size'],
  ])('%j is refused with a hint', (config, hint) => {
    expect(() => create(config)).toThrowError(
      expect.objectContaining({ code: 'PLUGIN_SETTINGS_INVALID', message: expect.stringContaining(hint) }),
    );
  });

  it('are refused as a framework error', () => {
    let caught: unknown;
    try {
      create({ unknown: 1 });
    } catch (error) {
      caught = error;
    }
    expect(FrameworkError.is(caught, 'PLUGIN_SETTINGS_INVALID')).toBe(true);
  });

  it('of ContextForge work as they are', async () => {
    const config = {
      max_content_size: 1048576,
      allowed_protocols: ['file', 'http', 'https'],
      blocked_domains: ['malicious.example.com'],
      content_filters: [{ pattern: 'api[_-]?key\\s*[:=]\\s*\\S+', replacement: 'api_key: [REDACTED]' }],
    };
    expect(codeOf(await pre('file:///srv/a', config))).toBe('ok');
    expect(
      await post({ type: 'resource', id: '1', uri: 'file:///srv/a', text: 'API-KEY = abc' }, config),
    ).toMatchObject({
      modifiedPayload: { content: { text: 'api_key: [REDACTED]' } },
    });
  });
});
