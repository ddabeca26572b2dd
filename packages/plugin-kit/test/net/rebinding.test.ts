import { describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../src/net/guarded-fetch.js';
import { createNetGuard } from '../../src/net/net-guard.js';
import { startLoopback } from '../support/loopback.js';

const attempts = 1000;

/** Answers with the first address once for each name, then with 127.0.0.1. */
function rebindingResolver(first: string) {
  const asked = new Set<string>();
  return async (host: string): Promise<readonly string[]> => {
    const isFirst = !asked.has(host);
    asked.add(host);
    return [isFirst ? first : '127.0.0.1'];
  };
}

describe('DNS rebinding', () => {
  it(`opens no socket in ${attempts} tries when the name is checked first and has moved when it is connected to`, async () => {
    await using victim = await startLoopback((_request, response) => response.end('secret'));
    const resolveHost = rebindingResolver('93.184.216.34');
    const guard = createNetGuard({}, { resolveHost });
    await using guarded = createGuardedFetch({ resolveHost });
    let refused = 0;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const url = `http://r${attempt}.example:${victim.port}/`;
      expect(await guard.check(url)).toMatchObject({ ok: true });
      await guarded.fetch(url).catch((error: { refusal?: { code?: string } }) => {
        if (error.refusal?.code === 'PRIVATE_ADDRESS') refused++;
      });
    }
    expect({ refused, sockets: victim.connections }).toEqual({ refused: attempts, sockets: 0 });
  }, 120_000);

  it(`uses the answer that was checked, and no other, in ${attempts} requests`, async () => {
    await using victim = await startLoopback((_request, response) => response.end('secret'));
    await using site = await startLoopback((_request, response) => response.end('public'), {
      host: '127.0.0.2',
      port: victim.port,
    });
    const resolveHost = rebindingResolver('127.0.0.2');
    await using guarded = createGuardedFetch({ resolveHost, policy: { privateHosts: ['127.0.0.2'] } });
    const bodies = new Set<string>();
    for (let attempt = 0; attempt < attempts; attempt++) {
      const response = await guarded.fetch(`http://r${attempt}.example:${site.port}/`, {
        headers: { connection: 'close' },
      });
      bodies.add(await response.text());
    }
    expect({ bodies: [...bodies], sockets: victim.connections }).toEqual({ bodies: ['public'], sockets: 0 });
  }, 120_000);

  it.each([
    ['a private address behind a public one', ['93.184.216.34', '127.0.0.1']],
    ['an IPv4-mapped address', ['::ffff:127.0.0.1']],
    ['a NAT64 address', ['64:ff9b::7f00:1']],
    ['an IPv4-compatible address', ['::127.0.0.1']],
    ['the unspecified address', ['0.0.0.0']],
  ])('opens no socket to %s', async (_what, addresses) => {
    await using victim = await startLoopback((_request, response) => response.end('secret'));
    await using guarded = createGuardedFetch({ resolveHost: async () => addresses });
    await expect(guarded.fetch(`http://name.example:${victim.port}/`)).rejects.toThrowError(
      expect.objectContaining({ code: 'NET_REFUSED' }),
    );
    expect(victim.connections).toBe(0);
  });
});
