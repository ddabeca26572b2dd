import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { checkHost } from '../../src/index.js';

const anyHost = { allowedHosts: ['localhost', '*'], allowedOrigins: [] };

function request(headers: IncomingMessage['headers']): IncomingMessage {
  return { url: '/mcp', headers } as IncomingMessage;
}

describe('checkHost', () => {
  it('lets * stand for any Host, for servers that other machines know by names of their own', () => {
    expect(checkHost(request({ host: 'plugins.internal:8000' }), anyHost)).toBeUndefined();
  });

  it('does not let * stand for the origin of a page', () => {
    const headers = { host: 'plugins.internal', origin: 'https://evil.example' };
    expect(checkHost(request(headers), anyHost)).toBe('originForbidden');
  });
});
