import { protocolVersions, TransportError } from '@mcpplugins/mcp-transport';
import { version } from '../../version.js';
import { createHttpTransport } from '../http-transport.js';
import type { HttpUpstreamOptions } from '../upstream-options.js';
import type { AskPerson } from './ask-person.js';
import { createLoginFetch } from './login-fetch.js';
import { loginKeyOf, type TokenStore } from './stored-login.js';

/** What `logIn` takes. */
export interface LogInOptions {
  readonly tokens: TokenStore;
  readonly askPerson: AskPerson;
  /** Fires when nobody waits for the login any more. */
  readonly signal: AbortSignal;
}

/**
 * Lets a person log in at a server in advance, whoever was logged in before.
 * @throws FrameworkError `UPSTREAM_LOGIN_FAILED`, `TOKEN_STORE_UNUSABLE`; TransportError when the server cannot be reached
 */
export async function logIn(
  name: string,
  server: HttpUpstreamOptions,
  { tokens, askPerson, signal }: LogInOptions,
): Promise<void> {
  const { oauth: options = {} } = server;
  const url = new URL(server.url);
  const challenge = await readChallengeOf(server);
  const { getLogin } = await import('./get-login.js');
  const { login } = await getLogin(
    { name, server: url, options, signal, fetchFn: createLoginFetch(url, signal) },
    { challenge, former: undefined, missing: [], askPerson, reload: async () => undefined },
  );
  await tokens.save(loginKeyOf(url, options), login);
}

/** What the server answers to a first request without credentials: it may say there whom to ask, and for which scopes. */
async function readChallengeOf(server: HttpUpstreamOptions): Promise<string | undefined> {
  let challenge: string | undefined;
  const transport = createHttpTransport(server, {
    around: async ({ headers }, send) => {
      const response = await send(headers);
      if (response.statusCode === 401) challenge ??= response.headers['www-authenticate'];
      return response;
    },
  });
  try {
    await transport.start();
    await transport.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: protocolVersions[0],
        capabilities: {},
        clientInfo: { name: 'mcpplugins', version },
      },
    });
  } catch (error) {
    if (!TransportError.is(error, 'UNAUTHORIZED')) throw error;
  } finally {
    await transport.close();
  }
  return challenge;
}
