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
