/**
 * Every code that `external-client` can put on a `FrameworkError`, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const externalErrorCodes = {
  PEER_CONFIG_INVALID: {
    meaning: 'The `mcp` block of an external plugin cannot be used.',
    action: 'Correct the field that the message names.',
  },
  PEER_SCRIPT_REFUSED: {
    meaning: 'The `script` of an external plugin may not be started.',
    action:
      'Keep the script inside the folder of the configuration, writable by its owner only; start anything else with `cmd`.',
  },
  PEER_TLS_INVALID: {
    meaning: 'A certificate, key or authority for the connection to a plugin server cannot be read or used.',
    action: 'Correct the path or the file that the message names.',
  },
  PEER_START_FAILED: {
    meaning: 'A plugin server could not be started or reached, or did not open an MCP session.',
    action: 'Read the cause in the message; start the server by hand with the same command or address.',
  },
  PEER_NOT_A_PLUGIN_SERVER: {
    meaning: 'An MCP server answered, but it has none of the tools of a plugin server.',
    action:
      'Check that command or address are those of the plugin server; `mcpplugins verify` says what is missing.',
  },
  PEER_PLUGIN_UNKNOWN: {
    meaning: 'The plugin server has no plugin of the name in the configuration.',
    action: 'Use one of the names in the message.',
  },
  PEER_HOOK_MISSING: {
    meaning: 'The plugin server does not offer a hook that the configuration names, or no hook at all.',
    action: 'Remove the hook from the configuration, or implement it at the server.',
  },
  PEER_UNREACHABLE: {
    meaning: 'There is no connection to the plugin server at the moment; it is tried again soon.',
    action: 'Read the cause in the message; the mode and on_error of the plugin decided what followed.',
  },
  PEER_UNAVAILABLE: {
    meaning:
      'The plugin server is overloaded or under maintenance and asked to be left alone for a while (HTTP 429 or 503 with `Retry-After`).',
    action:
      'Nothing, when it is short: calls go on after that time. Otherwise make the plugin server faster, or run more of it.',
  },
  PEER_LOST: {
    meaning: 'The connection to the plugin server ended before it answered.',
    action: 'Read the log of the plugin server; it is started or connected anew by itself.',
  },
  PEER_PROTOCOL: {
    meaning: 'The plugin server answered with something that MCP or the plugin protocol does not allow.',
    action: 'Run `mcpplugins verify` against the server.',
  },
  PEER_RESPONSE_TOO_LARGE: {
    meaning: 'An answer of the plugin server is larger than the limit. It was cut while it came in.',
    action: 'Let the server answer with less, or raise `mcp.max_response_bytes`.',
  },
  PEER_BUSY: {
    meaning: 'More calls wait for the plugin server than may.',
    action:
      'Make the plugin server faster, run more of it, or raise `maxConcurrentCalls` and `maxQueuedCalls`.',
  },
  PEER_CALL_ENDED: {
    meaning: 'A call of the plugin server was given up: it took too long, or nobody wanted it any longer.',
    action: 'Raise `timeout`, or make the plugin server faster.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `external-client`. */
export type ExternalErrorCode = keyof typeof externalErrorCodes;
