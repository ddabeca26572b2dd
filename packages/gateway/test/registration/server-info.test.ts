import { describe, expect, it } from 'vitest';
import { changedServer, shownInfo } from '../../src/registration/server-info.js';
import { upstreamOptionsOf } from '../../src/settings/serve-options.js';
import type { ServerSettings } from '../../src/settings/servers-schema.js';
import type { UpstreamOptions } from '../../src/upstream/upstream-options.js';

const remote: ServerSettings = {
  url: 'https://ada:hunter2@search.example/mcp?api_key=hunter2&team=blue',
  headers: { Authorization: 'Bearer hunter2', 'x-team': 'blue' },
};
const local: ServerSettings = {
  command: 'server',
  args: [
    '--token',
    'hunter2',
    '--api-key=hunter2',
    'Authorization: Bearer hunter2',
    '--level=high',
    'https://x:hunter2@y/',
  ],
  env: { SECRET_TOKEN: 'hunter2', DATABASE: 'pg://u:hunter2@db/x', LEVEL: 'high' },
};

function configured(settings: ServerSettings): UpstreamOptions {
  const { s } = upstreamOptionsOf({ s: settings }, '/srv');
  if (s === undefined) throw new Error('no server');
  return s;
}

describe('a server as plugins see it', () => {
  it('is as the configuration has it, without credentials', () => {
    expect(shownInfo('s', configured(remote))).toEqual({
      name: 's',
      url: 'https://[redacted]@search.example/mcp?api_key=[redacted]&team=blue',
      headers: { Authorization: '[redacted]', 'x-team': 'blue' },
    });
    expect(shownInfo('s', configured(local))).toEqual({
      name: 's',
      command: 'server',
      args: [
        '--token',
        '[redacted]',
        '--api-key=[redacted]',
        'Authorization: [redacted]',
        '--level=high',
        'https://[redacted]@y/',
      ],
      env: { SECRET_TOKEN: '[redacted]', DATABASE: 'pg://[redacted]@db/x', LEVEL: 'high' },
    });
  });

  it('has the spelling of the configuration', () => {
    const settings = {
      url: 'https://search.example/mcp',
      tls: { caBundle: 'ca.pem', keyfile: 'key.pem', keyfilePassword: 'hunter2' },
    };
    const options = { url: settings.url, configured: { settings, directory: '/srv' } };
    expect(shownInfo('s', options)['tls']).toEqual({
      ca_bundle: 'ca.pem',
      keyfile: 'key.pem',
      keyfile_password: '[redacted]',
    });
  });

  it('has that spelling in its login and idle time, and no secret of them', () => {
    const oauth = {
      clientId: 'us',
      clientSecret: 'hunter2',
      tokenEndpointAuthMethod: 'client_secret_post',
    } as const;
    const settings: ServerSettings = { url: 'https://search.example/mcp', oauth, idleTimeout: 60 };
    const shown = {
      name: 's',
      url: settings.url,
      oauth: {
        client_id: 'us',
        client_secret: '[redacted]',
        token_endpoint_auth_method: 'client_secret_post',
      },
      idle_timeout: 60,
    };
    expect(shownInfo('s', configured(settings))).toEqual(shown);
    const plain = { url: settings.url ?? '', oauth, idleTimeoutMs: 60_000 };
    expect(shownInfo('s', plain)).toEqual(shown);
    for (const options of [configured(settings), plain])
      expect(changedServer('s', options, { ...shown, type: 'sse' })).toMatchObject({
        type: 'sse',
        oauth,
        idleTimeoutMs: 60_000,
      });
  });

  it('is what the options say where there is no configuration', () => {
    expect(shownInfo('s', { command: 'server', env: { KEY: 'hunter2' }, inherit: 'all' })).toEqual({
      name: 's',
      command: 'server',
      env: { KEY: '[redacted]' },
    });
    const url = new URL('http://127.0.0.1:1/mcp');
    expect(shownInfo('s', { url, type: 'sse', socketPath: '/run/s' })).toEqual({
      name: 's',
      url: url.href,
      type: 'sse',
      uds: '/run/s',
    });
  });
});

describe('a server that a plugin changed', () => {
  it('keeps what came back redacted', () => {
    const options = configured(remote);
    const { headers, ...shown } = shownInfo('s', options);
    expect(
      changedServer('s', options, { ...shown, headers: { ...(headers as object), 'x-team': 'red' } }),
    ).toMatchObject({ url: remote.url, headers: { Authorization: 'Bearer hunter2', 'x-team': 'red' } });
    const started = configured(local);
    const { args, ...rest } = shownInfo('s', started);
    const more = [...(args as string[]), '--more'];
    expect(changedServer('s', started, { ...rest, args: more })).toMatchObject({
      args: [...(local.args ?? []), '--more'],
      env: local.env,
      cwd: '/srv',
    });
  });

  it('keeps options that no configuration has', () => {
    const started = { command: 'server', inherit: 'all', closeGraceMs: 5 } as const;
    expect(changedServer('s', started, { name: 's', command: 'other' })).toMatchObject({
      command: 'other',
      inherit: 'all',
      closeGraceMs: 5,
    });
    const reached = { url: 'https://a.example/mcp', tls: { ca: 'pem' } };
    expect(changedServer('s', reached, { name: 's', url: 'https://b.example/mcp' })).toMatchObject({
      url: 'https://b.example/mcp',
      tls: { ca: 'pem' },
    });
  });

  it.each([
    ['a server that is none', { name: 's', command: 'x', url: 'https://a.example' }, /not both/],
    ['an unknown key', { name: 's', url: 'https://a.example', urll: 'x' }, /urll/],
    ['no address', { name: 's', url: 7 }, /url/],
    [
      'a redacted value elsewhere',
      { name: 's', url: 'https://a.example', headers: { 'x-other': '[redacted]' } },
      /redacted value was moved/,
    ],
    ['one in an address', { name: 's', url: 'https://%5Bredacted%5D@a.example' }, /redacted value was moved/],
  ])('%s is refused', (_what, info, message) => {
    expect(() => changedServer('s', configured(remote), info)).toThrow(message);
    expect(() => changedServer('s', configured(remote), info)).not.toThrow(/hunter2/);
  });
});
