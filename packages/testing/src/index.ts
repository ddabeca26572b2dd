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

// Plugins that misbehave
export {
  GarbagePlugin,
  HangingPlugin,
  MutatingPlugin,
  OversizePlugin,
  RestartingPlugin,
  SlowPlugin,
  ThrowingPlugin,
} from './faults/fault-plugins.js';

// Outcomes
export { outcomeMatchers } from './outcomes/outcome-matchers.js';
export type { Match, OutcomeMatchers } from './outcomes/outcome-matchers.js';
export { describeOutcome, verdictOf } from './outcomes/verdict.js';
export type { OutcomeVerdict } from './outcomes/verdict.js';

// Fixtures
export { parseFixtures } from './fixtures/parse-fixtures.js';
export type { FixtureFile } from './fixtures/parse-fixtures.js';
export { runFixtures } from './fixtures/run-fixtures.js';
export type { FixtureResult } from './fixtures/run-fixtures.js';
export { updateFixtures } from './fixtures/update-fixtures.js';
export type { Expectation, Fixture } from './fixtures/fixture-schema.js';
export type { Difference } from './outcomes/differences.js';

// Errors
export { testingErrorCodes } from './errors/error-codes.js';
export type { TestingErrorCode } from './errors/error-codes.js';

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
