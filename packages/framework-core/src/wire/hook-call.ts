import type { GlobalContext } from '../context/global-context.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import { type WireDialect, wireTools } from './dialect.js';
import type { PayloadCodec } from './payload-codec.js';
import { decodeContext, encodeContext, type WireContext, type WireState } from './wire-context.js';
import { type JsonObject, requireText, wireInvalid } from './wire-error.js';

/** `params` of the MCP request `tools/call`. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: JsonObject;
}

/** What `encodeHookCall` takes. */
export interface OutgoingHookCall {
  readonly hook: string;
  /** The plugin's name at its server. */
  readonly plugin: string;
  /** As the codec of the hook has encoded it. */
  readonly payload: JsonObject;
  readonly global: GlobalContext;
  readonly state: WireState;
}

/** A hook call as the tool call that a dialect makes of it. */
export function encodeHookCall(call: OutgoingHookCall, dialect: WireDialect): ToolCall {
  const { hook, plugin, payload } = call;
  const context = encodeContext(call.global, call.state);
  return dialect === 'invoke_hook'
    ? { name: wireTools.invokeHook, arguments: { hook_type: hook, plugin_name: plugin, payload, context } }
    : { name: hook, arguments: { plugin_name: plugin, payload, context } };
}

/** A hook call as a plugin server reads it. */
export interface IncomingHookCall {
  readonly contract: AnyHookContract;
  readonly plugin: string;
  readonly payload: JsonObject;
  readonly context: WireContext;
}

/** A hook that a plugin server knows. */
export interface WireHook {
  readonly contract: AnyHookContract;
  readonly codec: PayloadCodec;
}

/**
 * Reads the tool call of either dialect. Arguments that are JSON in a text are accepted, as in FastMCP.
 * @throws FrameworkError `WIRE_INVALID`
 */
export function decodeHookCall(call: ToolCall, hooks: ReadonlyMap<string, WireHook>): IncomingHookCall {
  const { name, arguments: given } = call;
  const hookName = name === wireTools.invokeHook ? requireText(given['hook_type'], 'hook_type') : name;
  const hook = hooks.get(hookName);
  if (hook === undefined)
    throw wireInvalid('hook_type', `is "${hookName.slice(0, 80)}", which is no hook of this server`);
  return {
    contract: hook.contract,
    plugin: requireText(given['plugin_name'], 'plugin_name'),
    payload: hook.codec.decode(unpack(given['payload'])),
    context: decodeContext(unpack(given['context'])),
  };
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
