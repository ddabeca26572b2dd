import { expect, it } from 'vitest';
import * as contracts from '../src/contracts/index.js';
import * as errorCodes from '../src/errors/error-codes.js';
import * as surface from '../src/index.js';

it('the main entry exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "ContextStore",
      "FrameworkError",
      "Plugin",
      "PluginInstanceRegistry",
      "PluginManager",
      "PluginRef",
      "block",
      "createPluginContext",
      "defaultPriority",
      "defineHook",
      "definePlugin",
      "describeError",
      "didYouMean",
      "errorActions",
      "modify",
      "nearestName",
      "on",
      "pluginConditionSchema",
      "pluginConfigSchema",
      "pluginModes",
      "pluginSettingsSchema",
      "proceed",
      "resolvePluginConfig",
      "resolvePluginSettings",
      "respond",
      "silentLogger",
      "verbatim",
    ]
  `);
});

it('the entry of the contracts exports exactly this', () => {
  expect(Object.keys(contracts).toSorted()).toMatchInlineSnapshot(`
    [
      "agentPostInvoke",
      "agentPreInvoke",
      "authPostCheck",
      "authPreCheck",
      "builtInContracts",
      "completionPostComplete",
      "completionPreComplete",
      "elicitationPostResponse",
      "elicitationPreCreate",
      "federationPostSync",
      "federationPreSync",
      "gatewayPostDelete",
      "gatewayPostRegister",
      "gatewayPostStatusChange",
      "gatewayPostUpdate",
      "gatewayPreDelete",
      "gatewayPreRegister",
      "gatewayPreStatusChange",
      "gatewayPreUpdate",
      "httpAuthCheckPermission",
      "httpAuthResolveUser",
      "httpPostForwardingCall",
      "httpPostRequest",
      "httpPreForwardingCall",
      "httpPreRequest",
      "notificationPreSend",
      "promptPostFetch",
      "promptPostList",
      "promptPreFetch",
      "resourcePostFetch",
      "resourcePostList",
      "resourcePreFetch",
      "rootsPostList",
      "samplingPostComplete",
      "samplingPreCreate",
      "serverPostDelete",
      "serverPostRegister",
      "serverPostStatusChange",
      "serverPostUpdate",
      "serverPreDelete",
      "serverPreRegister",
      "serverPreStatusChange",
      "serverPreUpdate",
      "toolPostInvoke",
      "toolPostList",
      "toolPreInvoke",
    ]
  `);
});

it('the entry of the error codes exports exactly this', () => {
  expect(Object.keys(errorCodes)).toEqual(['coreErrorCodes']);
});
