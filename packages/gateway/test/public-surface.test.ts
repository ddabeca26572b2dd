import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'Authenticator',
      'GatewayMetrics',
      'HttpGateway',
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
      'measureCoverage',
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
