import type { LoadedConfig, Severity } from '@mcpplugins/config-loader';
import type { Finding } from '../output/diagnostics.js';

/** Where in a plugin's entry to point, by the code of the error; the first key that is there. */
const keysByCode: Readonly<Record<string, readonly string[]>> = {
  HOOK_UNKNOWN: ['hooks', 'kind'],
  HOOK_NOT_FIRED: ['hooks', 'kind'],
  HOOK_NOT_IMPLEMENTED: ['hooks', 'kind'],
  IDENTITY_NOT_SUPPLIED: ['conditions'],
  PATTERN_UNSUPPORTED: ['conditions'],
  DISABLE_NOT_ALLOWED: ['on_error'],
  PLUGIN_SETTINGS_INVALID: ['config', 'kind'],
  PLUGIN_LOAD_FAILED: ['kind'],
  PLUGIN_INITIALIZE_FAILED: ['kind'],
  PEER_START_FAILED: ['mcp', 'kind'],
  PLUGIN_DISABLED: ['mode'],
  GUARD_ONLY_WATCHES: ['mode'],
  GUARD_FAILS_OPEN: ['on_error', 'mode'],
  ORDER_LEAKS: ['priority', 'mode'],
  CONDITION_IGNORED: ['conditions'],
  CONDITION_NEVER_MATCHES: ['conditions'],
};

/** An error about a plugin, which the manager knows by name only. */
export interface PluginProblem {
  readonly plugin: string | undefined;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion: string | undefined;
}

/** Turns a problem of a plugin into a finding that names the file, line and column of its entry. */
export function placeProblem({ plugin, ...finding }: PluginProblem, { effective }: LoadedConfig): Finding {
  return effective.diagnose(plugin, keysByCode[finding.code] ?? [], finding);
}
