// Serving
export { serveStdio } from './stdio/serve-stdio.js';
export type { ServeStdioOptions } from './stdio/serve-stdio.js';
export { StdioGateway } from './stdio/stdio-gateway.js';
export type { GatewayEnd, StdioGatewayOptions } from './stdio/stdio-gateway.js';
export { serveHttp } from './http/serve-http.js';
export type { ServeHttpOptions } from './http/serve-http.js';
export { HttpGateway } from './http/http-gateway.js';
export type { HttpGatewayOptions } from './http/http-gateway.js';
export { connectServer } from './upstream/connect-server.js';
export type { ServerConnection } from './upstream/connect-server.js';
export type {
  ConfiguredServer,
  HttpUpstreamOptions,
  StdioUpstreamOptions,
  UpstreamOptions,
} from './upstream/upstream-options.js';
export type { ServerChanges } from './registration/server-registry.js';
export type { BlockedServer } from './registration/server-registration.js';
export type { ServerDifferences } from './upstream/upstream-set.js';
export type { ServerOperation } from './hook-points/registration-hooks.js';
export type { UpstreamProblem, UpstreamState, UpstreamStatus } from './upstream/upstream-health.js';

// Logging in at servers
export type { UpstreamLoginOptions } from './upstream/oauth/upstream-login.js';
export type { UpstreamOAuthOptions } from './upstream/oauth/oauth-options.js';
export { readLoginAnswer } from './upstream/oauth/ask-person.js';
export type { AskPerson, LoginAnswer, PersonalLogin } from './upstream/oauth/ask-person.js';
export { FileTokenStore } from './upstream/oauth/file-token-store.js';
export { loginProblemOf } from './upstream/oauth/login-errors.js';
export { mayLogInAt } from './upstream/oauth/login-fetch.js';
export { logIn } from './upstream/oauth/log-in.js';
export type { LogInOptions } from './upstream/oauth/log-in.js';
export { MemoryTokenStore } from './upstream/oauth/memory-token-store.js';
export { loginKeyOf } from './upstream/oauth/stored-login.js';
export type { LoginKey, StoredLogin, TokenStore } from './upstream/oauth/stored-login.js';

// Who may come in
export { Authenticator } from './auth/authenticator.js';
export { gatewayAuthSchema } from './auth/auth-schema.js';
export type { GatewayAuthOptions, IssuerOptions, KeyOptions } from './auth/auth-schema.js';
export { generateKey, hashKey } from './auth/key-hash.js';
export type { IdentifiedClient, Identity } from './auth/identity.js';
export type { ResourceMetadata } from './auth/protected-resource.js';

// Operating
export { GatewayMetrics } from './operations/gateway-metrics.js';
export type { GatewayGauges } from './operations/gateway-metrics.js';
export type { CallLimits } from './operations/call-limiter.js';
export type { CallEnd, CallObserver, CallOutcome } from './operations/call-end.js';

// What plugins cover
export { measureCoverage } from './coverage-report/measure-coverage.js';
export { unguardedIn } from './coverage-report/coverage.js';
export type {
  Coverage,
  CoveredServer,
  CoverageRow,
  CoverageStep,
  NeverMatching,
} from './coverage-report/coverage.js';

// From a configuration
export { gatewaySchema } from './settings/gateway-schema.js';
export type { GatewaySettings } from './settings/gateway-schema.js';
export { serversSchema } from './settings/servers-schema.js';
export type { ServerSettings, ServersSettings } from './settings/servers-schema.js';
export { serveOptionsOf, upstreamOptionsOf } from './settings/serve-options.js';

// Embedding
export { guardTransport } from './embed/guard-transport.js';
export type { GuardableTransport, GuardTransportOptions } from './embed/guard-transport.js';

// Relaying
export { Relay } from './relay/relay.js';
export type { RelayOptions } from './relay/relay.js';
export type { HookHost, SessionOptions } from './relay/session.js';
export { violationMetaKey } from './relay/refusal.js';
export type { BlockedToolCalls } from './relay/refusal.js';
export { unavailableMetaKey } from './merged/merge-initialize.js';
export type { Unavailable } from './merged/merge-initialize.js';

// Hook points
export { forwardingHooks } from './hook-points/forwarding-hooks.js';
export {
  gatewayHooks,
  hookPoints,
  httpGatewayHooks,
  httpIdentityFields,
  stdioIdentityFields,
} from './hook-points/hook-points.js';
export type { Answer, HookPoint, Operation, Side } from './hook-points/hook-point.js';

// Errors
export { gatewayErrorCodes } from './errors/error-codes.js';
export type { GatewayErrorCode } from './errors/error-codes.js';
