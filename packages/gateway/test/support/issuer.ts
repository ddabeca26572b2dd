import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An issuer of tokens on this machine. */
export interface TestIssuer extends AsyncDisposable {
  readonly issuer: string;
  readonly jwksUri: string;
  /** Times that the key set was asked for. */
  readonly fetches: () => number;
  /** From now on the key set is answered so. */
  answer: (status: number, body?: string) => void;
  sign: (claims?: JWTPayload, options?: SignOptions) => Promise<string>;
}

interface SignOptions {
  readonly expires?: string | number | undefined;
  readonly keyId?: string;
  readonly issuer?: string;
  readonly key?: CryptoKey;
}

/** The audience that tests mean. */
export const testAudience = 'https://mcp.example';

export async function startIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  let status = 200;
  let body = JSON.stringify({ keys: [jwk] });
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches++;
    response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUri: `${issuer}/keys`,
    fetches: () => fetches,
    answer: (newStatus, newBody = body) => {
      status = newStatus;
      body = newBody;
    },
    sign: (claims = {}, options = {}) => {
      const { keyId = 'one', key = privateKey, issuer: says = issuer } = options;
      const token = new SignJWT({ sub: 'ada', ...claims }).setProtectedHeader({ alg: 'ES256', kid: keyId });
      token.setIssuer(says).setAudience(claims.aud ?? testAudience);
      if (!('expires' in options)) token.setExpirationTime('5m');
      else if (options.expires !== undefined) token.setExpirationTime(options.expires);
      return token.sign(key);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
