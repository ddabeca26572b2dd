import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'Relay',
      'StdioGateway',
      'gatewayErrorCodes',
      'gatewayHooks',
      'hookPoints',
      'serveStdio',
      'stdioIdentityFields',
      'violationMetaKey',
    ]);
  });
});
