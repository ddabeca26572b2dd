/**
 * Every code that `framework-core` can put on a `FrameworkError`, with what it means and what to do.
 * `docs/errors.md` is generated from this table. An entry of its own: a host that shows no such texts does not load them.
 */
export const coreErrorCodes = {
  CONFIG_INVALID: {
    meaning: 'A plugin configuration or a manager option has a wrong value.',
    action: 'Correct the field that the message names.',
  },
  CONTRACT_INVALID: {
    meaning:
      'A hook contract cannot be used: its schema transforms, or has a type or key that has no wire form.',
    action: 'Use checks only, and the schema types that defineHook lists.',
  },
  CONTRACT_CONFLICT: {
    meaning: 'Two different contracts have one hook name.',
    action: 'Import one shared contract object, or rename one of the hooks.',
  },
  DUPLICATE_PLUGIN: {
    meaning: 'Two plugins have the same name (letter case does not count).',
    action: 'Give each plugin a name of its own.',
  },
  HOOK_UNKNOWN: {
    meaning: 'A hook name that no contract of this host has.',
    action: 'Use the nearest name in the message, or pass the contract of a custom hook to the manager.',
  },
  HOOK_NOT_IMPLEMENTED: {
    meaning: 'A plugin is configured for a hook for which it has no handler.',
    action: 'Remove the hook from the configuration or implement it.',
  },
  HOOK_NOT_FIRED: {
    meaning: 'A plugin is configured for a hook that this host never calls, so the guard could never run.',
    action: 'Remove the hook from the configuration, or use a host that fires it.',
  },
  IDENTITY_NOT_SUPPLIED: {
    meaning: 'A condition compares an identity field that this host can never supply.',
    action: 'Remove the condition field, or use a host that supplies it.',
  },
  PATTERN_UNSUPPORTED: {
    meaning: 'A regular expression in a condition cannot be compiled, or no linear-time compiler was given.',
    action: 'Correct the pattern; hosts without config-loader pass `compilePattern`.',
  },
  DISABLE_NOT_ALLOWED: {
    meaning: '`on_error: disable` on a plugin whose mode may block, without `allow_disable: true`.',
    action: 'Write `allow_disable: true` to accept that an error switches the guard off.',
  },
  PLUGIN_LOAD_FAILED: {
    meaning: 'The code of a plugin could not be loaded or constructed.',
    action: 'Read the cause; a plugin whose mode may block keeps the host from starting.',
  },
  PLUGIN_INITIALIZE_FAILED: {
    meaning: 'A plugin threw in `initialize()` or did not finish in time.',
    action: 'Read the cause; a plugin whose mode may block keeps the host from starting.',
  },
  PLUGIN_SETTINGS_INVALID: {
    meaning: 'The `config` of a plugin does not fit its settings schema.',
    action: 'Correct the setting that the message names.',
  },
  PLUGIN_NOT_FOUND: { meaning: 'No plugin of that name is registered.', action: 'Check the name.' },
  PLUGIN_ERROR: {
    meaning: 'A handler threw or rejected.',
    action: "Read the log for the plugin's own message; its mode and on_error decided what followed.",
  },
  PLUGIN_TIMEOUT: {
    meaning: 'A handler did not settle within its time limit.',
    action: 'Raise `timeout`, or make the plugin faster.',
  },
  RESULT_INVALID: {
    meaning: 'A handler returned something that is not a hook result.',
    action: 'Return proceed(), modify(), block(), respond() or nothing.',
  },
  NOT_WRITABLE: {
    meaning: 'A modification changes a field that the hook contract does not list as writable.',
    action: 'Change only the writable fields of the hook.',
  },
  UNKNOWN_PAYLOAD_FIELD: {
    meaning: 'A modification has a top-level field that neither the contract nor the payload has.',
    action: 'Use the nearest field in the message.',
  },
  PAYLOAD_INVALID: {
    meaning: 'A modified payload does not fit the schema of its hook.',
    action: 'Correct the field that the message names.',
  },
  PAYLOAD_MUTATED: {
    meaning: 'A handler wrote into its payload in place.',
    action: 'Payloads are frozen: return modify({ ...payload, field: value }).',
  },
  PAYLOAD_NOT_PLAIN: {
    meaning:
      'A payload has something that is not JSON: a class instance, a function, a bigint, a property that cannot be read.',
    action: 'Use plain objects, arrays, strings, finite numbers, booleans, null and Uint8Array.',
  },
  PAYLOAD_TOO_LARGE: {
    meaning: 'A payload is over the size, depth or node limit.',
    action: 'Raise `max_payload_bytes` or `max_result_bytes`, or send less.',
  },
  RESPOND_NOT_ALLOWED: {
    meaning:
      'A handler answered in place of the target where that is not allowed (post hook, or a mode that only observes).',
    action: 'Use respond() in pre hooks of enforce or permissive plugins.',
  },
  RESPOND_UNSUPPORTED: {
    meaning: 'An external plugin answered in place of the target without having agreed on it with its peer.',
    action: 'Update the peer, or return a modification.',
  },
  WIRE_INVALID: {
    meaning: 'A plugin server or its host sent something that is no hook call or reply of either dialect.',
    action: 'Correct the field that the message names; `mcpplugins verify` checks a whole plugin server.',
  },
  REMOTE_PLUGIN_ERROR: {
    meaning: 'A plugin failed at its plugin server.',
    action: "Read the plugin server's own log; the plugin's mode and on_error decided what followed.",
  },
  MERGE_CONFLICT: {
    meaning: 'Two plugins of one band changed the same place of the payload to different values.',
    action: 'Give them different priorities.',
  },
  REQUEST_CLOSED: {
    meaning: 'A hook was called on a host request that is closed.',
    action: 'Open a request per operation and close it last.',
  },
  MANAGER_NOT_RUNNING: {
    meaning: 'A hook was called before start or after shutdown.',
    action: 'Await PluginManager.start() first and stop calling after shutdown().',
  },
  INVARIANT: {
    meaning:
      'A hook call would have continued although a step of its plan was not settled. The call is blocked.',
    action: 'This is a defect of the framework: please report it.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `framework-core`. */
export type CoreErrorCode = keyof typeof coreErrorCodes;
