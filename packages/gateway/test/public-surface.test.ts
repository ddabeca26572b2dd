import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'Authenticator',
      'FileTokenStore',
      'GatewayMetrics',
      'HttpGateway',
      'MemoryTokenStore',
      'Relay',
      'StdioGateway',
      'connectServer',
      'forwardingHooks',
      'gatewayAuthSchema',
      'gatewayErrorCodes',
      'gatewayHooks',
      'gatewaySchema',
      'generateKey',
      'guardTransport',
      'hashKey',
      'hookPoints',
      'httpGatewayHooks',
      'httpIdentityFields',
      'logIn',
      'loginKeyOf',
      'loginProblemOf',
      'mayLogInAt',
      'measureCoverage',
      'readLoginAnswer',
      'serveHttp',
      'serveOptionsOf',
      'serveStdio',
      'serversSchema',
      'stdioIdentityFields',
      'unavailableMetaKey',
      'unguardedIn',
      'upstreamOptionsOf',
      'violationMetaKey',
    ]);
  });
});
