/**
 * Every code that `gateway` can put on a `FrameworkError` or into `data.code` of a JSON-RPC error, with what it means and
 * what to do. `docs/errors.md` is generated from this table.
 */
export const gatewayErrorCodes = {
  UPSTREAM_START_FAILED: {
    meaning: 'The command of an MCP server could not be started.',
    action: 'Check the command, its arguments and `cwd`; the message says what the system answered.',
  },
  UPSTREAM_TLS_INVALID: {
    meaning: 'A certificate, key or authority for the connection to an MCP server cannot be read.',
    action: 'Correct the path or the file that the message names.',
  },
  UPSTREAM_EXITED: {
    meaning: 'An MCP server ended while it was in use.',
    action: "Read the server's last lines on stderr, which the message repeats.",
  },
  UPSTREAM_FAILED: {
    meaning: 'The connection to an MCP server cannot be used any longer.',
    action: 'Read the message; restart the server or raise the limit that it names.',
  },
  UPSTREAM_LOGIN_REQUIRED: {
    meaning: 'An MCP server asks for a login, and nobody has logged in.',
    action:
      'Run `mcpplugins login SERVER -c FILE`; a server without `oauth` in the configuration needs that first, or `headers` with a token.',
  },
  UPSTREAM_LOGIN_FAILED: {
    meaning:
      'No token for an MCP server could be had from its authorization server, or the server takes none of them.',
    action:
      'Read the message, correct `oauth` of the server if it says so, and run `mcpplugins login SERVER -c FILE`.',
  },
  TOKEN_STORE_UNSAFE: {
    meaning: 'Other users of this machine can read a file with tokens. It is not used.',
    action: 'Run `mcpplugins logout SERVER -c FILE`, log in again, and end the old login at the server.',
  },
  TOKEN_STORE_UNUSABLE: {
    meaning: 'A file with tokens cannot be read, written or removed.',
    action: 'Correct what the message names; `mcpplugins login SERVER -c FILE` makes a new one.',
  },
  OUTPUT_SCHEMA_MISMATCH: {
    meaning:
      "A plugin changed the structured answer of a tool so that it no longer fits the tool's output schema.",
    action:
      'Let the plugin write values that the schema allows; until then clients get the text alone, as an error.',
  },
  AUTH_REQUIRED: {
    meaning: 'The gateway was told to listen beyond this machine without anything that checks who comes.',
    action: 'Listen on 127.0.0.1, or configure authentication.',
  },
  AUTH_INVALID: {
    meaning: 'What says who may use the gateway is not complete or contradicts itself.',
    action: 'Correct the field that the message names.',
  },
  AUTH_KEY_WEAK: {
    meaning: 'A key is so short or so regular that it could be guessed from its hash.',
    action: 'Let `mcpplugins key` make one.',
  },
  SERVER_INFO_INVALID: {
    meaning: 'A plugin changed a server of the gateway into something that is no server of a configuration.',
    action: 'Correct the plugin: the message says what is wrong. Until then the server stays as it was.',
  },
  SERVERS_BLOCKED: {
    meaning: 'Plugins blocked every server of a gateway, which then has nothing to serve.',
    action: 'Read which plugin blocked which server and why; correct the servers or the plugins.',
  },
  LISTEN_FAILED: {
    meaning: 'The gateway could not listen on its address.',
    action: 'Choose another port or host; the message says what the system answered.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `gateway`. */
export type GatewayErrorCode = keyof typeof gatewayErrorCodes;
