/** Id of a request. Its type is part of it: `1` and `"1"` are two ids. */
export type RequestId = string | number;

/** What `params` and `result` are: an object, with MCP's `_meta` if there is some. */
export interface MessageBody {
  readonly [key: string]: unknown;
  readonly _meta?: MessageMeta | undefined;
}

/** `_meta` of a body. */
export interface MessageMeta {
  readonly [key: string]: unknown;
  readonly progressToken?: RequestId | undefined;
  readonly 'io.modelcontextprotocol/related-task'?: { readonly taskId: string } | undefined;
}

/** A call that wants an answer. */
export interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly method: string;
  readonly params?: MessageBody | undefined;
}

/** A call that gets no answer. */
export interface JsonRpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: MessageBody | undefined;
}

/** The answer to a request that went well. */
export interface JsonRpcResult {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly result: MessageBody;
}

/** How a request failed. */
export interface JsonRpcErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The answer to a request that failed. Without an id: the peer could not read which request it was. */
export interface JsonRpcError {
  readonly jsonrpc: '2.0';
  readonly id?: RequestId | undefined;
  readonly error: JsonRpcErrorObject;
}

/** An answer of either kind. */
export type JsonRpcResponse = JsonRpcResult | JsonRpcError;

/** Any message. @see https://www.jsonrpc.org/specification and the `JSONRPCMessage` of MCP's schema */
export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;

/** Whether a message wants an answer. */
export function isRequest(message: JsonRpcMessage): message is JsonRpcRequest {
  return 'method' in message && 'id' in message;
}

/** Whether a message is a call without an answer. */
export function isNotification(message: JsonRpcMessage): message is JsonRpcNotification {
  return 'method' in message && !('id' in message);
}

/** Whether a message is an answer. */
export function isResponse(message: JsonRpcMessage): message is JsonRpcResponse {
  return !('method' in message);
}
