/**
 * Every code that `mcp-transport` can put on a `TransportError`, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const transportErrorCodes = {
  MESSAGE_NOT_JSON: {
    meaning: 'The peer sent something that is not JSON. It was dropped.',
    action: 'Let the peer write nothing but JSON-RPC messages; logs belong on stderr.',
  },
  MESSAGE_NOT_JSON_RPC: {
    meaning: 'The peer sent JSON that is not a JSON-RPC 2.0 message. It was dropped.',
    action: 'Let the peer write nothing but JSON-RPC messages; logs belong on stderr.',
  },
  MESSAGE_TOO_LARGE: {
    meaning: 'The peer sent a message that is larger than the limit.',
    action: 'Raise `maxMessageBytes`, or let the peer send less.',
  },
  BATCH_REFUSED: {
    meaning: 'The peer sent a JSON-RPC batch; MCP has none since revision 2025-06-18.',
    action: 'Send each message on its own.',
  },
  WRITE_BUFFER_FULL: {
    meaning: 'The peer does not read what is sent to it, and more waits than may. The transport was closed.',
    action: 'Let the peer read, or raise `maxBufferedCharacters`.',
  },
  TRANSPORT_CLOSED: {
    meaning: 'A message was sent on a transport that is closed, or not started.',
    action: 'Start the transport first, and stop sending once `onclose` was called.',
  },
  HTTP_STATUS: {
    meaning: 'An HTTP server answered with a status that carries no message.',
    action:
      'Read the status in the message; 403 is about credentials, 404 about the address or an ended session.',
  },
  UNAUTHORIZED: {
    meaning:
      'An HTTP server wants credentials, or others than those that were sent (status 401), and none could be had.',
    action:
      'Configure credentials for it: `headers` with a token, or for a server of the gateway `oauth` and `mcpplugins login`.',
  },
  REQUEST_REFUSED: {
    meaning: 'What a host runs around HTTP requests (`around`) did not let one go, or its answer in.',
    action: 'Read the message: it names who refused it.',
  },
  HTTP_BODY_INVALID: {
    meaning:
      'An HTTP server answered with a body that is neither JSON nor an event stream, or not what the protocol says.',
    action: 'Check that the address is that of an MCP endpoint.',
  },
  ENDPOINT_REFUSED: {
    meaning:
      'An SSE server wants messages to be sent to another origin than its own. Nothing was sent there.',
    action: 'Use the address at which the server knows itself, or correct what it says.',
  },
  CONNECT_TIMEOUT: {
    meaning: 'A server did not open the connection within the time for it.',
    action: 'Check that the address is right and the server is up, or raise `connectTimeoutMs`.',
  },
  SESSION_GONE: {
    meaning: 'An HTTP server no longer knows the session.',
    action: 'Open a new session.',
  },
  STREAM_LOST: {
    meaning: 'The stream of an answer ended before the answer and cannot be resumed.',
    action: 'Ask again if asking twice does no harm.',
  },
  ALREADY_STARTED: {
    meaning: 'A transport was started twice.',
    action: 'Make a new transport for each connection; SDK clients and servers call start() themselves.',
  },
  STREAM_FAILED: {
    meaning: 'Reading from or writing to the peer failed.',
    action: 'Read the cause; the transport closes.',
  },
  COMMAND_NOT_FOUND: {
    meaning: 'The command of a child process does not exist, or is not on the PATH.',
    action: 'Check its spelling and the PATH, or give its whole path.',
  },
  COMMAND_NOT_EXECUTABLE: {
    meaning: 'The command of a child process may not be executed.',
    action: 'Make the file executable, or start it with its interpreter.',
  },
  WORKING_DIRECTORY_NOT_FOUND: {
    meaning: 'The working directory for a child process does not exist.',
    action: 'Correct `cwd`.',
  },
  SPAWN_FAILED: {
    meaning: 'A child process could not be started.',
    action: 'Read the cause.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `mcp-transport`. */
export type TransportErrorCode = keyof typeof transportErrorCodes;
