import { FrameworkError } from '../errors/framework-error.js';
import { isolate } from '../payload/isolate.js';
import { isPlainObject } from '../payload/plain.js';
import type { HookResult, ResultMetadata } from './hook-result.js';
import type { Violation } from './violation.js';

const resultFields = new Set(['continueProcessing', 'modifiedPayload', 'violation', 'metadata', 'response']);

/**
 * Checks what a handler returned, reading each property once. The payload in it is not looked at yet.
 * @throws FrameworkError `RESULT_INVALID`
 */
export function parseResult(returned: unknown, plugin: string): HookResult {
  if (typeof returned !== 'object' || returned === null || Array.isArray(returned)) {
    throw invalid(returned === null ? 'null' : Array.isArray(returned) ? 'an array' : `a ${typeof returned}`);
  }
  if (!isPlainObject(returned)) throw invalid('an object with a class');
  for (const key of Object.keys(returned)) {
    if (!resultFields.has(key)) throw invalid(`an object with the unknown field "${key.slice(0, 50)}"`);
  }
  const { continueProcessing, modifiedPayload, violation, metadata, response } = returned;
  if (typeof continueProcessing !== 'boolean')
    throw invalid('a continueProcessing that is not true or false');
  if (continueProcessing && violation !== undefined && violation !== null) {
    throw invalid('a violation and continueProcessing: true');
  }
  return {
    continueProcessing,
    modifiedPayload: modifiedPayload ?? undefined,
    violation: continueProcessing ? undefined : parseViolation(violation, plugin),
    metadata: continueProcessing ? parseMetadata(metadata) : plainOrNothing(metadata),
    response: parseResponse(response),
  };
}

/** Whether something a handler returned asks for a change, also when the rest of it makes no sense. Never throws. */
export function carriesModification(returned: unknown): boolean {
  try {
    if (typeof returned !== 'object' || returned === null) return false;
    const { modifiedPayload } = returned as { readonly modifiedPayload?: unknown };
    return modifiedPayload !== undefined && modifiedPayload !== null;
  } catch {
    return true;
  }
}

function parseViolation(violation: unknown, plugin: string): Violation {
  if (violation === undefined || violation === null)
    return { code: 'BLOCKED', reason: `Blocked by ${plugin}` };
  if (typeof violation !== 'object') throw invalid(`a violation that is a ${typeof violation}`);
  const { code, reason, description, details, mcpErrorCode, httpStatusCode } = violation as Record<
    string,
    unknown
  >;
  if (typeof code !== 'string' || code === '') throw invalid('a violation without a code');
  if (typeof reason !== 'string' || reason === '') throw invalid('a violation without a reason');
  return {
    code,
    reason,
    description: typeof description === 'string' ? description : undefined,
    details: plainOrNothing(details),
    mcpErrorCode: wholeOrNothing(mcpErrorCode),
    httpStatusCode: wholeOrNothing(httpStatusCode),
  };
}

function parseMetadata(metadata: unknown): ResultMetadata | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isRecord(metadata)) throw invalid('metadata that is not an object');
  return isolate(metadata);
}

/** What comes with a refusal: a mistake in it must not undo the refusal. */
function plainOrNothing(value: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    return isRecord(value) ? isolate(value) : undefined;
  } catch {
    return undefined;
  }
}

function wholeOrNothing(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function parseResponse(response: unknown): { readonly result: unknown } | undefined {
  if (response === undefined || response === null) return undefined;
  if (!isRecord(response) || !('result' in response)) throw invalid('a response without a result');
  return { result: response['result'] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(what: string): FrameworkError {
  return new FrameworkError(
    'RESULT_INVALID',
    `returned ${what}; return proceed(), modify(), block(), respond() or nothing`,
  );
}
