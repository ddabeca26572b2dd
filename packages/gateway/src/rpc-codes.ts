/**
 * JSON-RPC error codes that the gateway itself answers with; they stand nowhere else.
 * @see https://www.jsonrpc.org/specification#error_object
 */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** The server behind the gateway is gone; the SDK's `ConnectionClosed`. */
  connectionClosed: -32000,
  /** Too much is going on; the same code as in the HTTP server's refusals. */
  overloaded: -32000,
} as const;
