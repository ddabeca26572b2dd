// Dialects
export { detectDialect, readFeatures, wireAcceptsKey, wireFeatures, wireTools } from './dialect.js';
export type { WireDialect, WireFeature } from './dialect.js';

// Spelling
export { toCamelCase, toSnakeCase } from '../contracts/spelling.js';

// Calls and replies
export { createPayloadCodec } from './payload-codec.js';
export type { PayloadCodec } from './payload-codec.js';
export { decodeHookCall, encodeHookCall } from './hook-call.js';
export type { IncomingHookCall, OutgoingHookCall, ToolCall, WireHook } from './hook-call.js';
export { decodeHookReply, encodeErrorReply, encodeHookReply } from './hook-reply.js';
export type { HookReply, OutgoingReply, RemoteError } from './hook-reply.js';
export { emptyWireState } from './wire-context.js';
export type { WireContext, WireState } from './wire-context.js';
export type { JsonObject } from './wire-error.js';

// Descriptions of plugins
export {
  decodePluginDescription,
  decodePluginDescriptions,
  encodePluginDescription,
} from './plugin-description.js';
export type { PluginDescription, ServedPluginFacts } from './plugin-description.js';

// Tool results
export { readToolResult, toStructuredToolResult, toToolError, toToolResult } from './tool-result.js';
export { defaultWireLimits, isDeeperThan, parseWireJson } from './parse-wire-json.js';
export type { WireLimits } from './parse-wire-json.js';

// Shapes of Python peers
export { adoptClassicPayload } from './classic-host.js';
export type { AdoptedPayload } from './classic-host.js';
export { splitForClassicPeer } from './classic-peer.js';
export type { ClassicParts } from './classic-peer.js';

// Calls that end early
export { Cancellation } from '../context/cancellation.js';
export type { CancelListener, CancelSignal } from '../context/cancellation.js';
export { cancelSignalOf } from '../context/call-context.js';

// How a plugin server is reached
export { mcpBlockSchema, mcpProtocols } from './mcp-block.js';
export type { McpBlock } from './mcp-block.js';

// Plugins that a server runs
export { ServedPlugins } from './served-plugins.js';
export type { ServedPluginsOptions } from './served-plugins.js';
export type { ServedAnswer, ServedPlugin } from './served-plugin.js';
