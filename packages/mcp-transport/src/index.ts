// Messages
export { isNotification, isRequest, isResponse } from './json-rpc.js';
export type {
  JsonRpcError,
  JsonRpcErrorObject,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  JsonRpcResult,
  MessageBody,
  MessageMeta,
  RequestId,
} from './json-rpc.js';
export { isRequestId, parseReceived } from './received-message.js';
export type { ReceivedMessage } from './received-message.js';

// Transports
export type { RawTransport, SendOptions, Transport } from './transport.js';
export { MemoryTransport, createMemoryTransports } from './memory/memory-transport.js';
export { StdioClientTransport } from './stdio/stdio-client-transport.js';
export type { ProcessExit, StdioClientTransportOptions } from './stdio/stdio-client-transport.js';
export { StdioServerTransport } from './stdio/stdio-server-transport.js';
export type { StdioServerTransportOptions } from './stdio/stdio-server-transport.js';
export type { LineTransportOptions } from './stdio/line-transport.js';
export { HttpSession } from './http/server/http-session.js';
export type { HttpSessionLimits } from './http/server/http-session.js';
export { StreamableHttpServer } from './http/server/streamable-http-server.js';
export type { SessionOpening, StreamableHttpServerOptions } from './http/server/http-server-options.js';
export { isRefused, refuseUnauthenticated } from './http/server/authenticate.js';
export type {
  Authenticate,
  AuthenticatedClient,
  Authentication,
  AuthenticationRefusal,
} from './http/server/authenticate.js';
export { checkHost, loopbackHosts } from './http/server/host-check.js';
export type { HostRules } from './http/server/host-check.js';
export { refuse } from './http/server/http-refusal.js';
export type { HttpRefusalName, RefusalDetails } from './http/server/http-refusal.js';
export { StreamableHttpClientTransport } from './http/client/streamable-http-client-transport.js';
export type {
  HttpAddress,
  SseClientOptions,
  StreamableHttpClientOptions,
  TlsClientOptions,
} from './http/client/http-client-options.js';
export type { AroundRequest, RequestHead, SendRequest } from './http/client/around-request.js';
export type { HttpResponse } from './http/client/http-response.js';
export { SseClientTransport } from './http/client/sse-client-transport.js';
export { WebSocketClientTransport } from './websocket/websocket-client-transport.js';
export type { WebSocketClientOptions } from './websocket/websocket-client-transport.js';
export { HttpPool } from './http/client/http-pool.js';
export type { HttpPoolOptions } from './http/client/http-pool.js';
export { protocolVersions } from './http/protocol-versions.js';
export { createChildEnvironment, inheritedVariables } from './stdio/child-environment.js';
export type { InheritedEnvironment } from './stdio/child-environment.js';

// Errors
export { transportErrorCodes } from './errors/error-codes.js';
export type { TransportErrorCode } from './errors/error-codes.js';
export { TransportError } from './errors/transport-error.js';
export type { RefusedMessage, TransportErrorOptions } from './errors/transport-error.js';
