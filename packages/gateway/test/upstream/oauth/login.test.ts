import { type HookHandlers } from '@mcpplugins/framework-core';
import { afterEach, describe, expect, it } from 'vitest';
import { gatewayHooks } from '../../../src/hook-points/hook-points.js';
import type { ServeHttpOptions } from '../../../src/http/serve-http.js';
import type { AskPerson } from '../../../src/upstream/oauth/ask-person.js';
import { MemoryTokenStore } from '../../../src/upstream/oauth/memory-token-store.js';
import { loginKeyOf, type TokenStore } from '../../../src/upstream/oauth/stored-login.js';
import type { UpstreamOAuthOptions } from '../../../src/upstream/oauth/oauth-options.js';
import type { UpstreamLoginOptions } from '../../../src/upstream/oauth/upstream-login.js';
import { connectClient, type GatewayAnswer, type GatewayClient } from '../../support/ask-gateway.js';
import {
  type ProtectedServer,
  ssePath,
  startProtectedServer,
  willingPerson,
} from '../../support/authorization-server.js';
import { startHttpGateway, stopAll } from '../../support/start-http.js';

afterEach(stopAll);

interface Started {
  readonly client: GatewayClient;
  /** Another client of the same gateway. */
  readonly connect: () => Promise<GatewayClient>;
  readonly logged: readonly string[];
  /** Ends the gateway. */
  readonly close: () => Promise<void>;
}

interface StartOptions extends Partial<ServeHttpOptions> {
  readonly oauth?: UpstreamOAuthOptions;
  readonly plugins?: readonly HookHandlers[];
}

/** A client of a gateway in front of the server, at which anybody logs in who is asked. */
async function start(
  { url }: ProtectedServer,
  login: UpstreamLoginOptions = { askPerson: willingPerson },
  { oauth = {}, plugins = [], ...options }: StartOptions = {},
): Promise<Started> {
  const {
    gateway,
    url: at,
    logged,
  } = await startHttpGateway({ notes: { url, oauth } }, plugins, { login, ...options });
  const connect = (): Promise<GatewayClient> => connectClient(at);
  return { client: await connect(), connect, logged, close: () => gateway.close() };
}

/** A person, and how often they were asked. */
function counted(person: AskPerson = willingPerson): {
  readonly askPerson: AskPerson;
  readonly asked: () => number;
} {
  let asked = 0;
  return {
    asked: () => asked,
    askPerson: (login) => {
      asked++;
      return person(login);
    },
  };
}

const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'c', version: '1' },
};

async function open({ client }: Pick<Started, 'client'>): Promise<GatewayAnswer> {
  return client.ask('initialize', initialize);
}

describe('the first login', () => {
  it('registers the client, lets the person log in, and sends the token from then on', async () => {
    await using server = await startProtectedServer();
    const started = await start(server);
    expect(await open(started)).toHaveProperty('result');
    expect(await started.client.ask('tools/list')).toHaveProperty('result');
    expect(server.registrations).toMatchObject([
      { redirect_uris: ['http://127.0.0.1:9/callback'], token_endpoint_auth_method: 'none' },
    ]);
    const [visit] = server.visits;
    expect(Object.fromEntries(visit ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'dynamic-1',
      scope: 'read',
      resource: server.url,
      code_challenge_method: 'S256',
    });
    expect(visit?.get('state')).toMatch(/^[\w-]{43}$/);
    expect(server.tokenRequests.map(({ grant }) => grant)).toEqual(['authorization_code']);
    const [first, ...others] = server.credentials;
    expect(first).toBeUndefined();
    expect(new Set(others).size).toBe(1);
    expect(others[0]).toMatch(/^Bearer [0-9a-f]{24}$/);
  });

  it('is made over the older transport, too', async () => {
    await using server = await startProtectedServer();
    const { url } = await startHttpGateway(
      { notes: { url: `${server.issuer}${ssePath}`, type: 'sse', oauth: {} } },
      [],
      { login: { askPerson: willingPerson } },
    );
    const client = await connectClient(url);
    expect(await open({ client })).toHaveProperty('result');
    expect(await client.ask('tools/list')).toHaveProperty('result');
    const [first, ...others] = server.credentials;
    expect([first, new Set(others).size]).toEqual([undefined, 1]);
    await client.close();
  });

  it('is one for all requests that are refused meanwhile', async () => {
    await using server = await startProtectedServer();
    let comes = (): void => {};
    const came = new Promise<void>((resolve) => {
      comes = resolve;
    });
    const { askPerson, asked } = counted(async (login) => {
      await came;
      return willingPerson(login);
    });
    const started = await start(server, { askPerson });
    const clients = [started.client, await started.connect(), await started.connect()];
    const answers = Promise.all(clients.map((client) => client.ask('initialize', initialize)));
    await expect.poll(() => server.credentials.length).toBe(3);
    comes();
    expect((await answers).every(({ result }) => result !== undefined)).toBe(true);
    expect([asked(), server.tokenRequests.length]).toEqual([1, 1]);
  });

  it.each([
    [
      'with the secret of a registered client',
      { clientId: 'registered', clientSecret: 'registered-secret' },
      {},
    ],
    [
      'with the secret in the body, where it is to be there',
      {
        clientId: 'registered',
        clientSecret: 'registered-secret',
        tokenEndpointAuthMethod: 'client_secret_post',
      },
      {},
    ],
    [
      'with the URL of its metadata',
      { clientMetadataUrl: 'https://gateway.example/client.json' },
      { client_id_metadata_document_supported: true },
    ],
  ] as const)('is made %s', async (_name, oauth, metadata) => {
    await using server = await startProtectedServer();
    server.rules.metadata = metadata;
    const started = await start(server, { askPerson: willingPerson }, { oauth });
    expect(await open(started)).toHaveProperty('result');
    expect(server.registrations).toEqual([]);
    expect(server.visits[0]?.get('client_id')).toBe(
      'clientId' in oauth ? oauth.clientId : oauth.clientMetadataUrl,
    );
    const [request] = server.tokenRequests;
    const isInBody = 'tokenEndpointAuthMethod' in oauth;
    expect(request?.parameters.get('client_secret')).toBe(isInBody ? 'registered-secret' : null);
    expect(request?.authorization?.slice(0, 6)).toBe('clientId' in oauth && !isInBody ? 'Basic ' : undefined);
  });

  it('asks for the scopes of the configuration, where it has some', async () => {
    await using server = await startProtectedServer();
    const started = await start(server, { askPerson: willingPerson }, { oauth: { scopes: ['own', 'more'] } });
    expect(await open(started)).toHaveProperty('result');
    expect(server.visits[0]?.get('scope')).toBe('own more');
  });

  it('needs nobody with client credentials, and stores nothing', async () => {
    await using server = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    const oauth = {
      clientId: 'registered',
      clientSecret: 'registered-secret',
      grant: 'client_credentials',
    } as const;
    const { askPerson, asked } = counted();
    const started = await start(server, { askPerson, tokens }, { oauth });
    expect(await open(started)).toHaveProperty('result');
    server.expireTokens();
    expect(await started.client.ask('tools/list')).toHaveProperty('result');
    expect(server.tokenRequests.map(({ grant }) => grant)).toEqual([
      'client_credentials',
      'client_credentials',
    ]);
    expect(server.tokenRequests[0]?.parameters.get('resource')).toBe(server.url);
    expect(asked()).toBe(0);
    expect(await tokens.load({ server: server.url, client: 'registered' })).toBeUndefined();
  });
});

describe('a stored login', () => {
  it('serves the next gateway, with nobody asked', async () => {
    await using server = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    const first = await start(server, { tokens, askPerson: willingPerson });
    await open(first);
    await first.close();
    const before = server.credentials.length;
    expect(await open(await start(server, { tokens }))).toHaveProperty('result');
    expect(server.visits.length).toBe(1);
    expect(server.credentials.slice(before).every((one) => one?.startsWith('Bearer '))).toBe(true);
  });

  it('is refreshed when it has expired, again and again, with the refresh token that came last', async () => {
    await using server = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    const started = await start(server, { tokens, askPerson: willingPerson });
    await open(started);
    for (let times = 0; times < 2; times++) {
      server.expireTokens();
      expect(await started.client.ask('tools/list')).toHaveProperty('result');
    }
    await started.close();
    server.expireTokens();
    expect(await open(await start(server, { tokens }))).toHaveProperty('result');
    expect(server.tokenRequests.map(({ grant }) => grant)).toEqual([
      'authorization_code',
      'refresh_token',
      'refresh_token',
      'refresh_token',
    ]);
    expect(server.tokenRequests.every(({ parameters }) => parameters.get('resource') === server.url)).toBe(
      true,
    );
    expect(server.visits.length).toBe(1);
  });

  it('that another process has refreshed meanwhile is taken as it is', async () => {
    await using server = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    const [one, other] = [
      await start(server, { tokens, askPerson: willingPerson }),
      await start(server, { tokens }),
    ];
    await open(one);
    await open(other);
    server.expireTokens();
    await one.client.ask('tools/list');
    expect(await other.client.ask('tools/list')).toHaveProperty('result');
    expect(server.tokenRequests.map(({ grant }) => grant)).toEqual(['authorization_code', 'refresh_token']);
  });

  it.each(['invalid_grant', 'refresh_token_too_old'] as const)(
    'makes a new one necessary after %s',
    async (refusal) => {
      await using server = await startProtectedServer();
      const { askPerson, asked } = counted();
      const started = await start(server, { askPerson });
      await open(started);
      server.expireTokens();
      server.rules.refusal = refusal;
      expect(await started.client.ask('tools/list')).toHaveProperty('result');
      expect(asked()).toBe(2);
    },
  );

  it('is not given up for trouble of the authorization server', async () => {
    await using server = await startProtectedServer();
    const { askPerson, asked } = counted();
    const started = await start(server, { askPerson });
    await open(started);
    server.expireTokens();
    server.rules.refusal = 'server_error';
    const { error } = await started.client.ask('tools/list');
    expect(error?.message).toBe(
      'the login at server "notes" failed: the authorization server answered `server_error`',
    );
    expect(asked()).toBe(1);
  });

  it('whose refresh token another process has just used is taken as that process stored it', async () => {
    await using server = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    const one = await start(server, { tokens, askPerson: willingPerson });
    await open(one);
    const key = loginKeyOf(server.url, {});
    const before = await tokens.load(key);
    let isLate = false;
    const late: TokenStore = {
      save: (...login) => tokens.save(...login),
      remove: (own) => tokens.remove(own),
      load: async (own) => {
        const found = isLate ? before : await tokens.load(own);
        isLate = false;
        return found;
      },
    };
    const other = await start(server, { tokens: late });
    await open(other);
    server.expireTokens();
    await one.client.ask('tools/list');
    isLate = true;
    expect(await other.client.ask('tools/list')).toHaveProperty('result');
    expect(server.tokenRequests.map(({ grant }) => grant)).toEqual([
      'authorization_code',
      'refresh_token',
      'refresh_token',
    ]);
  });

  it('is not refreshed at another authorization server than the one that issued it', async () => {
    await using server = await startProtectedServer();
    await using other = await startProtectedServer();
    const started = await start(server);
    await open(started);
    server.expireTokens();
    server.rules.authorizationServer = other.issuer;
    await started.client.ask('tools/list');
    expect(other.tokenRequests.map(({ grant }) => grant)).toEqual(['authorization_code']);
    expect(server.tokenRequests.length).toBe(1);
  });

  it('is not renewed to end a session', async () => {
    await using server = await startProtectedServer();
    const started = await start(server);
    await open(started);
    const before = server.credentials.length;
    server.expireTokens();
    await started.client.close();
    await started.close();
    expect(server.credentials.length).toBe(before + 1);
    expect(server.tokenRequests.length).toBe(1);
  });

  it('says what to do when nobody can be asked, to the client and in the log', async () => {
    await using server = await startProtectedServer();
    const { client, logged } = await start(server, {});
    expect(await open({ client })).toMatchObject({
      error: {
        message: 'server "notes" asks for a login: run `mcpplugins login notes`',
        data: { code: 'UPSTREAM_LOGIN_REQUIRED', upstream: 'notes' },
      },
    });
    expect(logged.join('\n')).toContain('run `mcpplugins login notes`');
    expect(server.registrations).toEqual([]);
  });

  it('is kept for one address: another server, and the same at another address, get none of it', async () => {
    await using server = await startProtectedServer();
    await using other = await startProtectedServer();
    const tokens = new MemoryTokenStore();
    await open(await start(server, { tokens, askPerson: willingPerson }));
    const { error } = await open(await start(other, { tokens }));
    expect(error?.data).toMatchObject({ code: 'UPSTREAM_LOGIN_REQUIRED' });
    expect(other.credentials).toEqual([undefined]);
    const before = server.credentials.length;
    await open(await start({ ...server, url: `${server.url}?tenant=2` }, { tokens }));
    expect(server.credentials.slice(before)).toEqual([undefined]);
  });
});

describe('a login that fails', () => {
  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'other'), /another `state`/],
    [
      'another issuer',
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      /another authorization server/,
    ],
    ['no code', (url: URL) => url.searchParams.delete('code'), /without a code/],
    ['a code that is not its own', (url: URL) => url.searchParams.set('code', 'x'), /`invalid_grant`/],
    [
      'a refusal of the person',
      (url: URL) => {
        url.searchParams.delete('code');
        url.searchParams.set('error', 'access_denied');
        url.searchParams.set('error_description', 'The\nperson said no');
      },
      /access was denied: The person said no$/,
    ],
  ])('because of %s is told, and lets nothing through', async (_name, sendBack, message) => {
    await using server = await startProtectedServer();
    server.rules.sendBack = sendBack;
    const { error } = await open(await start(server));
    expect(error).toMatchObject({ data: { code: 'UPSTREAM_LOGIN_FAILED' } });
    expect(error?.message).toMatch(message);
    expect(server.credentials).toEqual([undefined]);
  });

  it('because of a missing issuer, where one was promised', async () => {
    await using server = await startProtectedServer();
    server.rules.metadata = { authorization_response_iss_parameter_supported: true };
    server.rules.sendBack = (url) => url.searchParams.delete('iss');
    expect((await open(await start(server))).error?.message).toContain('another authorization server');
    expect(server.tokenRequests).toEqual([]);
  });

  it.each([
    ['calls itself another one', { issuer: 'https://good.example' }, /calls itself https:\/\/good\.example/],
    [
      'wants tokens asked for in the clear',
      { token_endpoint: 'http://as.example/token' },
      /neither https nor/,
    ],
    ['lets nobody register', { registration_endpoint: undefined }, /configure its `client_id`/],
    [
      'knows no PKCE',
      { code_challenge_methods_supported: ['plain'] },
      /does not support code challenge method S256/,
    ],
  ])('because the authorization server %s', async (_name, metadata, message) => {
    await using server = await startProtectedServer();
    server.rules.metadata = metadata;
    expect((await open(await start(server))).error?.message).toMatch(message);
    expect([server.visits, server.tokenRequests]).toEqual([[], []]);
  });

  it('because the configured authorization server is another one is not made at that of the server', async () => {
    await using server = await startProtectedServer();
    await using other = await startProtectedServer();
    const started = await start(
      server,
      { askPerson: willingPerson },
      {
        oauth: {
          clientId: 'registered',
          clientSecret: 'registered-secret',
          issuer: other.issuer,
        },
      },
    );
    expect((await open(started)).error?.message).toContain('`invalid_grant`');
    expect([server.tokenRequests.length, other.tokenRequests.length]).toEqual([0, 1]);
  });

  it.each([
    [200, 'leaked-secret{', 'something that OAuth does not know'],
    [
      200,
      '{"access_token":"leaked-secret","token_type":{"a":"leaked-secret"}}',
      'something that OAuth does not know',
    ],
    [500, '<p>leaked-secret</p>', '`server_error`'],
    [400, '{"error":"unknown","error_description":"leaked-secret"}', '`server_error`'],
    [200, `"${'x'.repeat(1_100_000)}"`, 'more than 1048576 bytes'],
  ])(
    'because of an answer with %d that is none, of which nothing is shown',
    async (status, body, problem) => {
      await using server = await startProtectedServer();
      server.rules.tokenAnswer = { status, body };
      const { client, logged } = await start(server);
      const { error } = await open({ client });
      expect(error?.message).toContain(problem);
      expect(JSON.stringify([error, logged])).not.toContain('leaked-secret');
    },
  );

  it('because the token is of a kind that is not known here', async () => {
    await using server = await startProtectedServer();
    server.rules.tokenType = 'DPoP';
    expect((await open(await start(server))).error?.message).toContain(
      'a token of the type `DPoP` is of no use',
    );
  });

  it('because the token endpoint is elsewhere now: no code goes to another origin', async () => {
    await using server = await startProtectedServer();
    await using other = await startProtectedServer();
    server.rules.metadata = { token_endpoint: `${server.issuer}/moved` };
    server.rules.movedTo = `${other.issuer}/token`;
    expect((await open(await start(server))).error?.data).toMatchObject({ code: 'UPSTREAM_LOGIN_FAILED' });
    expect([server.visits.length, other.tokenRequests.length]).toEqual([1, 0]);
  });

  it('is not tried again at once', async () => {
    await using server = await startProtectedServer();
    const { askPerson, asked } = counted(async () => {
      throw new Error('nobody logged in within 5 minutes');
    });
    const started = await start(server, { askPerson });
    const message = 'the login at server "notes" failed: nobody logged in within 5 minutes';
    expect((await open(started)).error?.message).toBe(message);
    expect((await open({ client: await started.connect() })).error?.message).toBe(message);
    expect(asked()).toBe(1);
  });

  it('ends with the gateway', async () => {
    await using server = await startProtectedServer();
    let isAsked = (): void => {};
    const asking = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const started = await start(server, {
      askPerson: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('given up')));
          isAsked();
        }),
    });
    void open(started);
    await asking;
    await started.close();
    expect(server.tokenRequests).toEqual([]);
  });

  it('is not tried with a token that the server has just refused', async () => {
    await using server = await startProtectedServer();
    server.takesNoToken = true;
    const { askPerson, asked } = counted();
    const started = await start(server, { askPerson });
    const message =
      'the login at server "notes" failed: it refuses the token that was issued for it just now';
    expect((await open(started)).error?.message).toBe(message);
    expect((await open({ client: await started.connect() })).error?.message).toBe(message);
    expect(asked()).toBe(1);
  });
});

describe('a call that needs further rights', () => {
  it('gets them, with those that were there', async () => {
    await using server = await startProtectedServer();
    server.needs.set('write', ['write']);
    const started = await start(server);
    await open(started);
    expect(await started.client.ask('tools/call', { name: 'write' })).toHaveProperty('result');
    expect(server.visits.map((visit) => visit.get('scope'))).toEqual(['read', 'read write']);
  });

  it('is refused when they are not given, and asks for them once', async () => {
    await using server = await startProtectedServer();
    server.needs.set('write', ['write']);
    server.rules.grants = (asked) => asked.filter((scope) => scope !== 'write');
    const started = await start(server);
    await open(started);
    for (let times = 0; times < 2; times++) {
      const { error } = await started.client.ask('tools/call', { name: 'write' });
      expect(error?.message).toBe(
        'the login at server "notes" failed: it lacks rights that the request needs, and that were asked for',
      );
    }
    expect(server.visits.length).toBe(2);
    expect(await started.client.ask('tools/call', { name: 'read' })).toHaveProperty('result');
  });
});

describe('tokens', () => {
  it('reach no plugin, no client and no log', async () => {
    await using server = await startProtectedServer();
    const seen: unknown[] = [];
    const watch: HookHandlers = Object.fromEntries(
      gatewayHooks.map((hook) => [
        hook,
        (payload: unknown, context: unknown) => {
          seen.push(payload, context);
        },
      ]),
    );
    const { client, logged } = await start(server, { askPerson: willingPerson }, { plugins: [watch] });
    const answers = [await open({ client }), await client.ask('tools/call', { name: 't' })];
    server.expireTokens();
    answers.push(await client.ask('tools/call', { name: 't' }));
    const sent = server.credentials.flatMap((one) => one?.slice('Bearer '.length) ?? []);
    expect([seen.length > 0, sent.length > 0, logged.length > 0]).toEqual([true, true, true]);
    const visible = JSON.stringify([seen, answers, logged]);
    for (const secret of sent) expect(visible).not.toContain(secret);
    for (const { parameters } of server.tokenRequests)
      for (const name of ['code', 'code_verifier', 'refresh_token'])
        expect(visible).not.toContain(parameters.get(name) ?? 'no such secret');
  });
});

describe('who is asked', () => {
  it('is nobody when the gateway has several users', async () => {
    await using server = await startProtectedServer();
    const { askPerson, asked } = counted();
    const started = await start(server, { askPerson }, { authenticate: () => ({ principal: 'ada' }) });
    expect((await open(started)).error?.message).toContain('run `mcpplugins login notes`');
    expect(asked()).toBe(0);
  });
});

describe('a server for which no login is configured', () => {
  it.each(['http', 'sse'] as const)('is named, with what to do (%s)', async (type) => {
    await using server = await startProtectedServer();
    const { url } = await startHttpGateway({ notes: { url: server.url, type } });
    const { error } = await open({ client: await connectClient(url) });
    expect(error?.message).toBe(
      'server "notes" refused the request because it has no valid credentials: configure `oauth` for it, or correct its `headers`',
    );
  });

  it('is told of among merged servers', async () => {
    await using server = await startProtectedServer();
    await using other = await startProtectedServer();
    const { url } = await startHttpGateway(
      { open: { url: other.url, oauth: {} }, notes: { url: server.url, oauth: {} } },
      [],
      {
        login: {
          askPerson: ({ server: name, ...login }) =>
            name === 'open' ? willingPerson({ server: name, ...login }) : Promise.reject(new Error('no')),
        },
      },
    );
    const { result } = await open({ client: await connectClient(url) });
    expect(JSON.stringify(result)).toContain('the login at server \\"notes\\" failed: no');
  });
});
