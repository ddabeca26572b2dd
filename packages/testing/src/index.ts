// Hosts
export { createTestHost } from './host/create-test-host.js';
export type { TestHostOptions } from './host/create-test-host.js';
export type { TestHost, TestPayload } from './host/test-host.js';
export { pluginOf } from './plugin-of.js';
export type { TestPluginConfig } from './plugin-of.js';

// Payloads
export { payloadFor } from './payloads/payload-for.js';

// Spies
export { behaviours } from './spies/behaviours.js';
export type { Behaviour, SpiedPayload } from './spies/behaviours.js';
export { spyPlugin } from './spies/spy-plugin.js';
export type { SpyCall, SpyOptions, SpyPlugin } from './spies/spy-plugin.js';

// Plugin servers
export { verifyPluginServer } from './verify/verify-plugin-server.js';
export type { Verification, VerifyOptions } from './verify/verify-plugin-server.js';
export type { CheckResult, CheckStatus } from './verify/check.js';

// Plugin servers that misbehave
export { faultNames } from './fault-server/fault-names.js';
export type { FaultListenerOptions, FaultServer } from './fault-server/fault-listener.js';
export { startHttpFaultServer } from './fault-server/http-fault-server.js';
export type { HttpFaultServer, HttpFaultServerOptions } from './fault-server/http-fault-server.js';
export { startSseFaultServer } from './fault-server/sse-fault-server.js';
export type { SseFaultServerOptions } from './fault-server/sse-fault-server.js';
export { stdioFaultServer } from './fault-server/stdio-fault-server.js';
export type {
  StdioFaultServer,
  StdioFaultServerOptions,
  StdioStartFault,
} from './fault-server/stdio-fault-server.js';
export { startVanishingProxy } from './fault-server/vanishing-proxy.js';
export type { VanishingProxy } from './fault-server/vanishing-proxy.js';
export { startWebSocketFaultServer } from './fault-server/websocket-fault-server.js';
