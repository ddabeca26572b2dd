/**
 * Every code that `plugin-server-runtime` can put on a `FrameworkError`, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const runtimeErrorCodes = {
  SERVER_SETTINGS_INVALID: {
    meaning: 'A setting of a plugin server, in `server_settings` or in a variable, has a wrong value.',
    action: 'Correct the setting that the message names.',
  },
  SERVER_TLS_INVALID: {
    meaning: 'A certificate, key or authority of a plugin server cannot be read or used.',
    action:
      'Correct the path or the file that the message names. Plain HTTP is never served in place of TLS.',
  },
  SERVER_LISTEN_FAILED: {
    meaning: 'A plugin server cannot listen on its address or unix socket.',
    action: 'Read the cause: the port may be taken, the host unknown, or the folder of the socket missing.',
  },
  SERVER_NO_PLUGINS: {
    meaning: 'A plugin server has no plugin to serve.',
    action: 'Add one to `plugins`, or enable one that is disabled.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `plugin-server-runtime`. */
export type RuntimeErrorCode = keyof typeof runtimeErrorCodes;
