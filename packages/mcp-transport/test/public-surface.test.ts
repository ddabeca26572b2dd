import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'HttpPool',
      'HttpSession',
      'MemoryTransport',
      'SseClientTransport',
      'StdioClientTransport',
      'StdioServerTransport',
      'StreamableHttpClientTransport',
      'StreamableHttpServer',
      'TransportError',
      'WebSocketClientTransport',
      'checkHost',
      'createChildEnvironment',
      'createMemoryTransports',
      'inheritedVariables',
      'isNotification',
      'isRefused',
      'isRequest',
      'isRequestId',
      'isResponse',
      'loopbackHosts',
      'parseReceived',
      'protocolVersions',
      'refuse',
      'refuseUnauthenticated',
      'transportErrorCodes',
    ]);
  });
});
