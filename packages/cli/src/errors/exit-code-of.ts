import { FrameworkError } from '@mcpplugins/framework-core';
import { type ExitCode, exitCodes } from '../exit-code.js';

/** Codes that say: the command line or the configuration is wrong. Everything else failed while it ran. */
const usageCodes: ReadonlySet<string> = new Set([
  // config-loader
  'CONFIG_FILE_INVALID',
  // gateway
  'AUTH_INVALID',
  'AUTH_REQUIRED',
  'SERVERS_BLOCKED',
  'UPSTREAM_TLS_INVALID',
  // framework-core, when a manager starts
  'CONFIG_INVALID',
  'CONTRACT_CONFLICT',
  'CONTRACT_INVALID',
  'DISABLE_NOT_ALLOWED',
  'DUPLICATE_PLUGIN',
  'HOOK_NOT_FIRED',
  'HOOK_NOT_IMPLEMENTED',
  'HOOK_UNKNOWN',
  'IDENTITY_NOT_SUPPLIED',
  'PATTERN_UNSUPPORTED',
  'PLUGIN_LOAD_FAILED',
  'PLUGIN_NOT_FOUND',
  'PLUGIN_SETTINGS_INVALID',
  // testing
  'FIXTURE_INVALID',
  // this package
  'CLIENT_CONFIG_INVALID',
  'CLIENT_CONFIG_NOT_FOUND',
  'CLIENT_SERVERS_MISSING',
  'CLIENT_SERVER_UNKNOWN',
  'SERVER_UNKNOWN',
  'COMMAND_MISSING',
  'CONFIG_NOT_GIVEN',
  'DECISIONS_FILE_UNWRITABLE',
  'DEMO_PACKAGE_MISSING',
  'DESTINATION_NOT_EMPTY',
  'FIXTURES_NOT_FOUND',
  'INPUT_INVALID',
  'LOGIN_NOT_CONFIGURED',
  'PACKAGE_NOT_FOUND',
  'PLUGIN_NAME_INVALID',
  'PLUGIN_NOT_EDITABLE',
  'OUTPUT_EXISTS',
  'OUTPUT_UNWRITABLE',
  'REPLAY_WOULD_SEND',
  'SERVERS_FILE_INVALID',
  'SERVERS_MISSING',
  'TARGET_NOT_FOUND',
]);

/** Exit code for something that a command threw. */
export function exitCodeOf(thrown: unknown): ExitCode {
  return FrameworkError.is(thrown) && usageCodes.has(thrown.code) ? exitCodes.usage : exitCodes.failure;
}
