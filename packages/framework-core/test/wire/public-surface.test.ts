import { expect, it } from 'vitest';
import * as wire from '../../src/wire/index.js';

it('the wire exports these values', () => {
  expect(Object.keys(wire).toSorted()).toEqual([
    'Cancellation',
    'ServedPlugins',
    'adoptClassicPayload',
    'cancelSignalOf',
    'createPayloadCodec',
    'decodeHookCall',
    'decodeHookReply',
    'decodePluginDescription',
    'decodePluginDescriptions',
    'defaultWireLimits',
    'detectDialect',
    'emptyWireState',
    'encodeErrorReply',
    'encodeHookCall',
    'encodeHookReply',
    'encodePluginDescription',
    'isDeeperThan',
    'mcpBlockSchema',
    'mcpProtocols',
    'parseWireJson',
    'readFeatures',
    'readToolResult',
    'splitForClassicPeer',
    'toCamelCase',
    'toSnakeCase',
    'toStructuredToolResult',
    'toToolError',
    'toToolResult',
    'wireAcceptsKey',
    'wireFeatures',
    'wireTools',
  ]);
});
