import { runtimeError } from '../errors/runtime-error.js';
import type { ServerSettingsInput } from './server-settings.js';

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How a plugin server is reached. */
export type ServerTransport = 'stdio' | 'http';

/**
 * Settings from the variables of ContextForge's runtime. They hold where the configuration has no `server_settings`.
 * @throws FrameworkError `SERVER_SETTINGS_INVALID`
 */
export function settingsOfEnvironment(env: Environment): ServerSettingsInput {
  const port = env['PLUGINS_SERVER_PORT'];
  return {
    ...(env['PLUGINS_SERVER_HOST'] === undefined ? {} : { host: env['PLUGINS_SERVER_HOST'] }),
    ...(port === undefined ? {} : { port: readNumber('PLUGINS_SERVER_PORT', port) }),
    ...(env['PLUGINS_SERVER_UDS'] === undefined ? {} : { uds: env['PLUGINS_SERVER_UDS'] }),
    ...tlsOfEnvironment(env),
  };
}

/**
 * The transport that the environment asks for: what `PLUGINS_TRANSPORT` says, otherwise stdio unless somebody sits at a
 * terminal.
 */
export function transportOfEnvironment(env: Environment, isTerminal: boolean): ServerTransport {
  const asked = env['PLUGINS_TRANSPORT'];
  if (asked !== undefined && asked !== '') return asked.toLowerCase() === 'stdio' ? 'stdio' : 'http';
  return isTerminal ? 'http' : 'stdio';
}

/** Path of the configuration, as ContextForge's runtime finds it. */
export function configPathOfEnvironment(env: Environment): string {
  return env['PLUGINS_CONFIG_PATH'] ?? './resources/plugins/config.yaml';
}

/** Switched on without certificate or key is an error here: ContextForge then serves plain HTTP. */
function tlsOfEnvironment(env: Environment): Pick<ServerSettingsInput, 'tls'> {
  if (!readSwitch('PLUGINS_SERVER_SSL_ENABLED', env['PLUGINS_SERVER_SSL_ENABLED'])) return {};
  const { PLUGINS_SERVER_SSL_CERTFILE: certfile, PLUGINS_SERVER_SSL_KEYFILE: keyfile } = env;
  if (certfile === undefined || keyfile === undefined) {
    throw runtimeError(
      'SERVER_SETTINGS_INVALID',
      'PLUGINS_SERVER_SSL_ENABLED needs PLUGINS_SERVER_SSL_CERTFILE and PLUGINS_SERVER_SSL_KEYFILE',
    );
  }
  const { PLUGINS_SERVER_SSL_CA_CERTS: caBundle, PLUGINS_SERVER_SSL_KEYFILE_PASSWORD: keyfilePassword } = env;
  const required = env['PLUGINS_SERVER_SSL_CERT_REQS'];
  return {
    tls: {
      certfile,
      keyfile,
      ...(caBundle === undefined ? {} : { caBundle }),
      ...(keyfilePassword === undefined ? {} : { keyfilePassword }),
      ...(required === undefined
        ? {}
        : { sslCertReqs: readNumber('PLUGINS_SERVER_SSL_CERT_REQS', required) }),
    },
  };
}

function readNumber(name: string, value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw runtimeError('SERVER_SETTINGS_INVALID', `${name} is not a number`);
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (value === undefined || /^(0|false|no|off|)$/i.test(value)) return false;
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  throw runtimeError('SERVER_SETTINGS_INVALID', `${name} is neither true nor false`);
}
