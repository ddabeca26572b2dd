import { describe, expect, it } from 'vitest';
import { serversSchema } from '../../src/settings/servers-schema.js';
import { upstreamOptionsOf } from '../../src/settings/serve-options.js';

const url = 'https://mcp.example/mcp';

function problemsOf(server: object): readonly string[] {
  const { error } = serversSchema.safeParse({ notes: server });
  return (error?.issues ?? []).map(({ path, message }) => `${path.slice(1).join('.')} ${message}`);
}

describe('servers.NAME.oauth', () => {
  it.each([
    [{ url, oauth: {} }],
    [{ url: 'http://127.0.0.1:3000/sse', type: 'sse', oauth: { scopes: ['read'] } }],
    [{ url, oauth: { clientId: 'c', clientSecret: 's', issuer: 'https://as.example' } }],
    [{ url, oauth: { clientMetadataUrl: 'https://gateway.example/client.json', redirectPort: 33_418 } }],
    [
      {
        url,
        headers: { 'x-team': 'a' },
        oauth: { clientId: 'c', clientSecret: 's', grant: 'client_credentials' },
      },
    ],
  ])('can be %j', (server) => {
    expect(problemsOf(server)).toEqual([]);
    const servers = serversSchema.parse({ notes: server });
    expect(upstreamOptionsOf(servers, '/')).toMatchObject({ notes: { oauth: server.oauth } });
  });

  it.each([
    [{ command: 'node', oauth: {} }, 'oauth does nothing for a server with a `command`'],
    [{ url: 'wss://mcp.example/', oauth: {} }, 'oauth does nothing for a WebSocket'],
    [{ url, type: 'ws', oauth: {} }, 'oauth does nothing for a WebSocket'],
    [
      { url: 'http://mcp.example/', oauth: {} },
      'oauth sends tokens to https addresses only, and to this machine',
    ],
    [{ url, uds: 'mcp.sock', oauth: {} }, 'oauth is not for servers behind a unix socket'],
    [
      { url, headers: { Authorization: 'Bearer x' }, oauth: {} },
      'headers.Authorization says what `oauth` is to find out: leave one of them out',
    ],
    [{ url, oauth: { clientSecret: 's' } }, 'oauth.clientSecret does nothing without `client_id`'],
    [
      { url, oauth: { clientId: 'c', clientMetadataUrl: 'https://gateway.example/c' } },
      'oauth.clientMetadataUrl does nothing with a `client_id`',
    ],
    [
      { url, oauth: { clientId: 'c', grant: 'client_credentials' } },
      'oauth.clientSecret is needed for `client_credentials`',
    ],
    [
      { url, oauth: { clientId: 'c', clientSecret: 's', grant: 'client_credentials', redirectPort: 1 } },
      'oauth.redirectPort does nothing with `client_credentials`',
    ],
  ])('cannot be %j', (server, problem) => {
    expect(problemsOf(server)).toEqual([problem]);
  });

  it('does not take a token for the log of an error', () => {
    expect(problemsOf({ url, headers: { authorization: 'Bearer secret' }, oauth: {} }).join()).not.toContain(
      'secret',
    );
  });
});
