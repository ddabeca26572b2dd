import { type RefusedMessage, TransportError } from './errors/transport-error.js';
import type { JsonRpcMessage, RequestId } from './json-rpc.js';

/** A message as it came and what it parses to. */
export interface ReceivedMessage {
  /** The JSON text. Of invalid UTF-8, what it was decoded to: what was parsed is what can be sent on. */
  readonly text: string;
  /** Its envelope is checked; what `params`, `result` and `error` are is not. */
  readonly message: JsonRpcMessage;
}

/** Longest string that is accepted as an id. */
const maxIdLength = 1024;

/**
 * Parses the text of one message, or of a batch when `splitBatches` is true: each of its elements then is a message
 * with a text of its own.
 * @throws TransportError `MESSAGE_NOT_JSON`, `MESSAGE_NOT_JSON_RPC`, `BATCH_REFUSED`
 */
export function parseReceived(text: string, splitBatches = false): ReceivedMessage | ReceivedMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TransportError('MESSAGE_NOT_JSON', `not JSON: ${firstLine(text)}`, { cause: error });
  }
  if (!Array.isArray(value)) return { text, message: toMessage(value, text) };
  if (!splitBatches)
    throw new TransportError('BATCH_REFUSED', 'a JSON-RPC batch: send each message on its own');
  return value.map((element) => ({ text: JSON.stringify(element), message: toMessage(element, text) }));
}

/** Whether a value can be the id of a request: a string of at most 1024 characters, or a number that JSON keeps exact. */
export function isRequestId(value: unknown): value is RequestId {
  if (typeof value === 'string') return value.length <= maxIdLength;
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** The first line of a text, at most 200 characters of it. */
function firstLine(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = end === -1 ? text : text.slice(0, end);
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function toMessage(value: unknown, text: string): JsonRpcMessage {
  const problem = findProblem(value);
  if (problem === undefined) return value as JsonRpcMessage;
  throw new TransportError(
    'MESSAGE_NOT_JSON_RPC',
    `not a JSON-RPC 2.0 message (${problem}): ${firstLine(text)}`,
    {
      refused: readRefused(value),
    },
  );
}

function findProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const { jsonrpc, method, id } = value as Readonly<Record<string, unknown>>;
  if (jsonrpc !== '2.0') return '`jsonrpc` is not "2.0"';
  const isCall = Object.hasOwn(value, 'method');
  const isResult = Object.hasOwn(value, 'result');
  const isError = Object.hasOwn(value, 'error');
  if (Number(isCall) + Number(isResult) + Number(isError) !== 1)
    return 'not exactly one of `method`, `result`, `error`';
  const hasId = Object.hasOwn(value, 'id');
  if (hasId && !isRequestId(id) && !(isError && id === null)) {
    return '`id` is neither a string of at most 1024 characters nor an exact number';
  }
  if (isCall) return typeof method === 'string' ? undefined : '`method` is not a string';
  return isResult && !hasId ? '`result` without `id`' : undefined;
}

function readRefused(value: unknown): RefusedMessage | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || !isRequestId(value.id))
    return undefined;
  return { kind: 'method' in value ? 'request' : 'answer', id: value.id };
}
