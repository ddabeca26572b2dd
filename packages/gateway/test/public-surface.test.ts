import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'HttpGateway',
      'Relay',
      'StdioGateway',
      'gatewayErrorCodes',
      'gatewayHooks',
      'guardTransport',
      'hookPoints',
      'httpIdentityFields',
      'serveHttp',
      'serveStdio',
      'stdioIdentityFields',
      'violationMetaKey',
    ]);
  });
});
