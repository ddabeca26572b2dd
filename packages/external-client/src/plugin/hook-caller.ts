import { isDeepStrictEqual } from 'node:util';
import { type AnyHookContract, type HookResult, type PluginContext } from '@mcpplugins/framework-core';
import {
  type CancelSignal,
  cancelSignalOf,
  createPayloadCodec,
  decodeHookReply,
  encodeHookCall,
  type JsonObject,
  type PluginDescription,
  readToolResult,
  splitForClassicPeer,
  wireAcceptsKey,
  wireFeatures,
  type WireLimits,
  type WireState,
} from '@mcpplugins/framework-core/wire';
import type { PeerSession, SupervisedConnection } from '../connection/supervised-connection.js';
import type { PluginDirectory } from './plugin-directory.js';
import { remotePluginError, respondUnsupported } from './remote-errors.js';

/** What a `HookCaller` takes. */
export interface HookCallerOptions {
  /** The plugin's name, here and at its server. */
  readonly plugin: string;
  readonly contract: AnyHookContract;
  readonly directory: PluginDirectory;
  readonly limits: WireLimits;
}

const accepts = { [wireAcceptsKey]: wireFeatures };
const nothing: JsonObject = Object.freeze({});

/** Calls one hook of one plugin at its server. */
export class HookCaller {
  private readonly options: HookCallerOptions;
  private readonly codec: ReturnType<typeof createPayloadCodec>;

  constructor(options: HookCallerOptions) {
    this.options = options;
    this.codec = createPayloadCodec(options.contract);
  }

  /** @throws FrameworkError for everything but an answer of the plugin */
  call(connection: SupervisedConnection, payload: object, context: PluginContext): Promise<HookResult> {
    const signal = cancelSignalOf(context);
    const { directory } = this.options;
    return connection.run(signal, (session) => {
      const start = (description: PluginDescription): Promise<HookResult> => {
        const call = { session, description, payload, context, signal };
        return description.features.has('native_payloads') ? this.callOnce(call) : this.callInParts(call);
      };
      const known = directory.recall(session);
      return known === undefined ? directory.describe(session, signal).then(start) : start(known);
    });
  }

  /** A peer that knows only its own shapes gets one call per part; the first refusal ends it. */
  private async callInParts(call: Call): Promise<HookResult> {
    const { parts, merge } = splitForClassicPeer(this.options.contract.name, call.payload as JsonObject);
    const modified: (JsonObject | undefined)[] = [];
    let metadata: HookResult['metadata'];
    for (const part of parts) {
      const result = await this.callOnce({ ...call, payload: part });
      if (!result.continueProcessing) return result;
      if (result.metadata !== undefined) metadata = { ...metadata, ...result.metadata };
      modified.push(result.modifiedPayload as JsonObject | undefined);
    }
    const merged = merge(modified);
    return {
      continueProcessing: true,
      ...(merged === undefined ? {} : { modifiedPayload: merged }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }

  private async callOnce({ session, description, payload, context, signal }: Call): Promise<HookResult> {
    const { plugin, contract, limits } = this.options;
    const { features } = description;
    const state = stateOf(context);
    const encoded = this.codec.encode(payload);
    const call = encodeHookCall(
      { hook: contract.name, plugin, payload: encoded, global: context.global, state },
      session.dialect,
    );
    const params = features.size === 0 ? { ...call } : { ...call, _meta: accepts };
    const answer = await session.mcp.request('tools/call', params, signal);
    const reply = decodeHookReply(readToolResult(answer, limits), this.codec);
    if (reply.kind === 'error') throw remotePluginError(plugin, contract.name, reply.error);
    if (reply.result.response !== undefined && !features.has('respond')) {
      throw respondUnsupported(plugin, contract.name);
    }
    if (reply.state !== undefined) takeState(context, state, reply.state);
    return reply.result;
  }
}

interface Call {
  readonly session: PeerSession;
  readonly description: PluginDescription;
  readonly payload: object;
  readonly context: PluginContext;
  readonly signal: CancelSignal;
}

function stateOf(context: PluginContext): WireState {
  const { local } = context;
  return {
    shared: context.state,
    local: (local.get('state') as JsonObject | undefined) ?? nothing,
    metadata: (local.get('metadata') as JsonObject | undefined) ?? nothing,
  };
}

/** Takes back what the plugin wrote; what others have written meanwhile stays, because only differences count. */
function takeState(context: PluginContext, sent: WireState, answered: WireState): void {
  const { local } = context;
  if (answered.local !== sent.local) local.set('state', answered.local);
  if (answered.metadata !== sent.metadata) local.set('metadata', answered.metadata);
  for (const key of Object.keys(answered.shared)) {
    const value = answered.shared[key];
    if (!Object.hasOwn(sent.shared, key) || !isDeepStrictEqual(sent.shared[key], value))
      context.setState(key, value);
  }
  for (const key of Object.keys(sent.shared)) {
    if (!Object.hasOwn(answered.shared, key)) context.deleteState(key);
  }
}
