import { describe, expect, it } from 'vitest';
import { upstreamOptionsOf } from '../../src/settings/serve-options.js';
import { serversSchema } from '../../src/settings/servers-schema.js';

describe('idleTimeout of a server', () => {
  it('is in seconds, for a command as for a url, and off when it is not given', () => {
    const servers = serversSchema.parse({
      started: { command: 'server', idleTimeout: 90 },
      far: { url: 'https://far.example/mcp', idleTimeout: 0.5 },
      always: { command: 'server' },
    });
    const options = upstreamOptionsOf(servers, '/');
    expect(Object.values(options).map(({ idleTimeoutMs }) => idleTimeoutMs)).toEqual([
      90_000,
      500,
      undefined,
    ]);
  });

  it.each([0, -1, 2_000_001, Number.NaN, '60'])('is not %s', (idleTimeout) => {
    expect(serversSchema.safeParse({ a: { command: 'server', idleTimeout } }).success).toBe(false);
  });
});
