import { describeError, FrameworkError, type MaybePromise } from '@mcpplugins/framework-core';
import {
  type AdoptedPayload,
  adoptClassicPayload,
  type CancelSignal,
  createPayloadCodec,
  decodeHookCall,
  encodeErrorReply,
  encodeHookReply,
  encodePluginDescription,
  type IncomingHookCall,
  type JsonObject,
  readFeatures,
  type ServedAnswer,
  type ServedPlugin,
  type ServedPlugins,
  toStructuredToolResult,
  toToolError,
  toToolResult,
  type WireFeature,
  type WireHook,
  wireTools,
} from '@mcpplugins/framework-core/wire';
import type { CallCounts } from '../metrics/call-counts.js';
import { describeTools, type ToolDescription } from './tool-list.js';

/** One call of a tool. */
export interface ToolRequest {
  readonly name: string;
  readonly arguments: JsonObject;
  /** What `_meta` of the call says the client understands. */
  readonly accepts: unknown;
  readonly signal: CancelSignal | undefined;
}

/** A hook call whose plugin has answered. */
interface AnsweredCall {
  readonly call: IncomingHookCall;
  readonly adopted: AdoptedPayload | undefined;
  readonly mayRespond: boolean;
}

/** Hooks of the dialect with one tool per hook. Its hosts expect a tool for each, whether or not a plugin has it. */
const classicHooks = [
  'prompt_pre_fetch',
  'prompt_post_fetch',
  'tool_pre_invoke',
  'tool_post_invoke',
  'resource_pre_fetch',
  'resource_post_fetch',
];

/** JSON-RPC's "internal error" and "invalid params", as hosts are told what went wrong. */
const internalError = -32_603;
const invalidParams = -32_602;

/** The tools of a plugin server, over the plugins that it serves. */
export class HookTools {
  readonly list: readonly ToolDescription[];
  private readonly plugins: ServedPlugins;
  private readonly counts: CallCounts;
  private readonly hooks: ReadonlyMap<string, WireHook>;

  constructor(plugins: ServedPlugins, counts: CallCounts) {
    this.plugins = plugins;
    this.counts = counts;
    this.hooks = new Map(
      plugins.contracts.map((contract) => [contract.name, { contract, codec: createPayloadCodec(contract) }]),
    );
    const served = plugins.all().flatMap(({ hooks }) => hooks);
    this.list = describeTools([...new Set([...classicHooks, ...served])]);
  }

  /**
   * The result of a tool call, at once when the plugin answers at once. Never throws or rejects: whatever goes wrong is
   * part of the result, as hosts expect it.
   */
  call(request: ToolRequest): MaybePromise<JsonObject> {
    const { name, arguments: given } = request;
    if (name === wireTools.getPluginConfigs) return toToolResult(this.plugins.all().map(describe));
    if (name === wireTools.getPluginConfig) return toToolResult(this.describeOne(given['name']));
    if (name !== wireTools.invokeHook && !this.hooks.has(name))
      return toToolError(`Unknown tool: ${name.slice(0, 100)}`);
    return this.callHook(request, readFeatures(request.accepts));
  }

  private describeOne(name: unknown): JsonObject {
    const plugin = typeof name === 'string' ? this.plugins.find(name) : undefined;
    return plugin === undefined ? {} : describe(plugin);
  }

  private callHook(request: ToolRequest, features: ReadonlySet<WireFeature>): MaybePromise<JsonObject> {
    const asked = request.arguments['plugin_name'];
    const pluginName = typeof asked === 'string' ? asked : '';
    const toResult = features.has('structured') ? toStructuredToolResult : toToolResult;
    const toFailure = (error: unknown): JsonObject => toResult(this.errorReply(pluginName, error));
    try {
      const call = decodeHookCall(request, this.hooks);
      const reply = this.reply(call, features, request.signal);
      return reply instanceof Promise ? reply.then(toResult).catch(toFailure) : toResult(reply);
    } catch (error) {
      return toFailure(error);
    }
  }

  private reply(
    call: IncomingHookCall,
    features: ReadonlySet<WireFeature>,
    signal: CancelSignal | undefined,
  ): MaybePromise<JsonObject> {
    const { contract, plugin: pluginName, payload, context } = call;
    const plugin = this.plugins.get(pluginName);
    const hook = contract.name;
    if (plugin === undefined) {
      throw new FrameworkError(
        'PLUGIN_NOT_FOUND',
        `Unable to find ${hook} for plugin ${pluginName.slice(0, 100)}. Make sure the plugin is registered.`,
      );
    }
    const adopted = features.has('native_payloads') ? undefined : adoptClassicPayload(hook, payload);
    const encode = (answer: ServedAnswer): JsonObject =>
      this.encodeAnswer(answer, { call, adopted, mayRespond: features.has('respond') });
    const answer = plugin.call(hook, adopted?.payload ?? payload, context, signal);
    return answer instanceof Promise ? answer.then(encode) : encode(answer);
  }

  private encodeAnswer(
    answer: ServedAnswer,
    { call: { contract, plugin, context }, adopted, mayRespond }: AnsweredCall,
  ): JsonObject {
    if (answer.kind === 'failure') throw answer.error;
    const { result, state } = answer;
    if (result.response !== undefined && !mayRespond) {
      throw new FrameworkError(
        'RESPOND_UNSUPPORTED',
        'the plugin answered in place of the target, which this host does not understand',
      );
    }
    const { modifiedPayload } = result;
    const restored =
      modifiedPayload === undefined || adopted === undefined
        ? result
        : { ...result, modifiedPayload: adopted.restore(modifiedPayload as JsonObject) };
    this.counts.count(plugin, contract.name, result.continueProcessing ? 'proceeded' : 'refused');
    const codec = this.hooks.get(contract.name)?.codec ?? createPayloadCodec(contract);
    const { requestId = '' } = context.global;
    return encodeHookReply({ plugin, result: restored, context: { requestId, state } }, codec);
  }

  private errorReply(pluginName: string, error: unknown): JsonObject {
    const code = FrameworkError.is(error) ? error.code : 'PLUGIN_ERROR';
    this.counts.count(pluginName, '', 'failed');
    return encodeErrorReply(pluginName, {
      message: describeError(error),
      code,
      details: {},
      mcpErrorCode: code === 'WIRE_INVALID' ? invalidParams : internalError,
    });
  }
}

function describe(served: ServedPlugin): JsonObject {
  const { config, ref } = served.plugin;
  return encodePluginDescription({ config, version: ref?.version, hooks: served.hooks });
}
