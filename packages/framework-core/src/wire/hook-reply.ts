import type { HookResult } from '../results/hook-result.js';
import type { Violation } from '../results/violation.js';
import { toJsonValue } from './json-value.js';
import type { PayloadCodec } from './payload-codec.js';
import { decodeReplyContext, encodeReplyContext, type WireState } from './wire-context.js';
import { isJsonObject, type JsonObject, requireObject, wireInvalid } from './wire-error.js';

/** How a plugin failed at its server. */
export interface RemoteError {
  /** One line for logs. */
  readonly message: string;
  readonly code: string;
  readonly details: JsonObject;
  readonly mcpErrorCode: number;
}

/** A reply as the host reads it. `state` is undefined when the reply leaves state as it was. */
export type HookReply =
  | { readonly kind: 'result'; readonly result: HookResult; readonly state: WireState | undefined }
  | { readonly kind: 'error'; readonly error: RemoteError };

/** What `encodeHookReply` takes. */
export interface OutgoingReply {
  readonly plugin: string;
  readonly result: HookResult;
  /** Request id and state, when the host is to take it back. */
  readonly context: { readonly requestId: string; readonly state: WireState } | undefined;
}

/** A handler's answer in the envelope that every peer reads: `{ plugin_name, result, context? }`. */
export function encodeHookReply({ plugin, result, context }: OutgoingReply, codec: PayloadCodec): JsonObject {
  const { continueProcessing, modifiedPayload, violation, metadata, response } = result;
  const encoded: Record<string, unknown> = {
    continue_processing: continueProcessing,
    modified_payload: modifiedPayload === undefined ? null : codec.encode(modifiedPayload as object),
    violation: violation === undefined ? null : encodeViolation(violation),
    metadata: metadata === undefined ? nothing : toJsonValue(metadata),
  };
  if (response !== undefined) encoded['response'] = toJsonValue(response);
  return context === undefined
    ? { plugin_name: plugin, result: encoded }
    : {
        plugin_name: plugin,
        result: encoded,
        context: encodeReplyContext(context.requestId, context.state),
      };
}

const nothing: JsonObject = Object.freeze({});

/** A failure in the envelope that every peer reads: `{ plugin_name, error }`. */
export function encodeErrorReply(
  plugin: string,
  { message, code, details, mcpErrorCode }: RemoteError,
): JsonObject {
  return {
    plugin_name: plugin,
    error: { message, plugin_name: plugin, code, details, mcp_error_code: mcpErrorCode },
  };
}

/**
 * Reads a reply: the envelope, or the bare result of the specification's TypeScript example. Fields of a result that we do
 * not know are dropped.
 * @throws FrameworkError `WIRE_INVALID`
 */
export function decodeHookReply(reply: unknown, codec: PayloadCodec): HookReply {
  const envelope = requireObject(reply, 'the reply');
  if (isJsonObject(envelope['error'])) return { kind: 'error', error: decodeError(envelope['error']) };
  const isBare = envelope['result'] === undefined && 'continue_processing' in envelope;
  const result = isBare ? envelope : envelope['result'];
  if (!isJsonObject(result)) throw wireInvalid('the reply', 'has neither a result nor an error');
  const { context } = envelope;
  return {
    kind: 'result',
    result: decodeResult(result, codec),
    state: context === undefined || context === null ? undefined : decodeReplyContext(context),
  };
}

function decodeResult(result: JsonObject, codec: PayloadCodec): HookResult {
  const continueProcessing = result['continue_processing'] ?? true;
  if (typeof continueProcessing !== 'boolean') {
    throw wireInvalid('result.continue_processing', 'is neither true nor false');
  }
  const { modified_payload: modified, violation, metadata, response } = result;
  return {
    continueProcessing,
    modifiedPayload: isMissing(modified) ? undefined : codec.decode(modified),
    violation: isMissing(violation) ? undefined : decodeViolation(violation),
    metadata: isMissing(metadata) ? undefined : requireObject(metadata, 'result.metadata'),
    response: isMissing(response) ? undefined : decodeResponse(response),
  };
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function decodeResponse(value: unknown): { readonly result: unknown } {
  const response = requireObject(value, 'result.response');
  if (!('result' in response)) throw wireInvalid('result.response', 'has no result');
  return { result: response['result'] };
}

function encodeViolation(violation: Violation): JsonObject {
  const { code, reason, description, details, mcpErrorCode, httpStatusCode } = violation;
  return {
    reason,
    description: description ?? reason,
    code,
    details: details === undefined ? {} : toJsonValue(details),
    ...(mcpErrorCode === undefined ? {} : { mcp_error_code: mcpErrorCode }),
    ...(httpStatusCode === undefined ? {} : { http_status_code: httpStatusCode }),
  };
}

/** A refusal stays one whatever is wrong with its words. */
function decodeViolation(value: unknown): Violation {
  const violation = isJsonObject(value) ? value : {};
  const { description, details, mcp_error_code: mcpErrorCode, http_status_code: httpStatusCode } = violation;
  const text = isText(description) ? description : undefined;
  const reason = isText(violation['reason']) ? violation['reason'] : (text ?? 'Refused by the plugin server');
  return {
    code: isText(violation['code']) ? violation['code'] : 'BLOCKED',
    reason,
    ...(text === undefined || text === reason ? {} : { description: text }),
    ...(isJsonObject(details) && Object.keys(details).length > 0 ? { details } : {}),
    ...(typeof mcpErrorCode === 'number' ? { mcpErrorCode } : {}),
    ...(typeof httpStatusCode === 'number' ? { httpStatusCode } : {}),
  };
}

/** Longest text of a remote error that is kept. */
const maxErrorLength = 500;

function decodeError(error: JsonObject): RemoteError {
  const { message, code, details, mcp_error_code: mcpErrorCode } = error;
  return {
    message: isText(message) ? message.slice(0, maxErrorLength) : 'the plugin failed without a message',
    code: isText(code) ? code : '',
    details: isJsonObject(details) ? details : {},
    mcpErrorCode: typeof mcpErrorCode === 'number' ? mcpErrorCode : internalError,
  };
}

/** JSON-RPC's "internal error", which stands where a peer states none. */
const internalError = -32_603;

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
