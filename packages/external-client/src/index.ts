// Plugins behind an MCP server
export { externalKind } from './plugin/external-kind.js';
export type { ExternalKindFactory, ExternalKindOptions } from './plugin/external-kind.js';
export type { ConnectionOptions } from './connection/connection-options.js';
export type { SpecContext } from './spec/server-spec.js';

// Looking at a server
export { openServer } from './session/open-server.js';
export type { OpenServer, OpenServerOptions } from './session/open-server.js';

// Errors
export { externalErrorCodes } from './errors/error-codes.js';
export type { ExternalErrorCode } from './errors/error-codes.js';
