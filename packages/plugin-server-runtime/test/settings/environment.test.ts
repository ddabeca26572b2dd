import { describe, expect, it } from 'vitest';
import {
  configPathOfEnvironment,
  resolveServerSettings,
  settingsOfEnvironment,
  transportOfEnvironment,
} from '../../src/index.js';

describe('settingsOfEnvironment', () => {
  it('reads the variables of ContextForge’s runtime', () => {
    const env = {
      PLUGINS_SERVER_HOST: '0.0.0.0',
      PLUGINS_SERVER_PORT: '9000',
      PLUGINS_SERVER_SSL_ENABLED: 'true',
      PLUGINS_SERVER_SSL_CERTFILE: 'c',
      PLUGINS_SERVER_SSL_KEYFILE: 'k',
      PLUGINS_SERVER_SSL_CA_CERTS: 'a',
      PLUGINS_SERVER_SSL_KEYFILE_PASSWORD: 'p',
      PLUGINS_SERVER_SSL_CERT_REQS: '1',
    };
    expect(settingsOfEnvironment(env)).toEqual({
      host: '0.0.0.0',
      port: 9000,
      tls: { certfile: 'c', keyfile: 'k', caBundle: 'a', keyfilePassword: 'p', sslCertReqs: 1 },
    });
  });

  it('counts TLS variables only when TLS is switched on', () => {
    expect(settingsOfEnvironment({ PLUGINS_SERVER_SSL_CERTFILE: 'c' })).toEqual({});
    expect(settingsOfEnvironment({ PLUGINS_SERVER_UDS: 's' })).toEqual({ uds: 's' });
  });

  it.each([
    [{ PLUGINS_SERVER_PORT: 'x' }, 'PLUGINS_SERVER_PORT'],
    [{ PLUGINS_SERVER_SSL_ENABLED: 'maybe' }, 'PLUGINS_SERVER_SSL_ENABLED'],
    [{ PLUGINS_SERVER_SSL_ENABLED: 'yes' }, 'PLUGINS_SERVER_SSL_CERTFILE'],
  ])('refuses %j, and does not serve something else instead', (env, message) => {
    expect(() => settingsOfEnvironment(env)).toThrow(message);
  });
});

describe('transportOfEnvironment', () => {
  it.each([
    [{ PLUGINS_TRANSPORT: 'STDIO' }, true, 'stdio'],
    [{ PLUGINS_TRANSPORT: 'streamable-http' }, false, 'http'],
    [{}, true, 'http'],
    [{}, false, 'stdio'],
  ] as const)('takes %j, at a terminal: %s, for %s', (env, isTerminal, transport) => {
    expect(transportOfEnvironment(env, isTerminal)).toBe(transport);
  });
});

describe('configPathOfEnvironment', () => {
  it('is where ContextForge’s images keep it, unless a variable says otherwise', () => {
    expect(configPathOfEnvironment({})).toBe('./resources/plugins/config.yaml');
    expect(configPathOfEnvironment({ PLUGINS_CONFIG_PATH: 'x.yaml' })).toBe('x.yaml');
  });
});

describe('resolveServerSettings', () => {
  it('fills in the defaults', () => {
    expect(resolveServerSettings()).toMatchObject({
      host: '127.0.0.1',
      port: 8000,
      path: '/mcp',
      stateless: false,
      allowedHosts: [],
      drainTimeoutMs: 10_000,
    });
  });

  it.each([
    [{ port: 70_000 }, 'port'],
    [{ uds: 's', tls: { certfile: 'c', keyfile: 'k' } }, 'tls does not go with uds'],
    [{ hots: 'x' }, 'hots'],
  ])('refuses %j', (input, message) => {
    expect(() => resolveServerSettings(input as object)).toThrow(message);
  });
});
