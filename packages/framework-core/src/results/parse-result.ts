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
    throw invalid(
      `returned ${returned === null ? 'null' : Array.isArray(returned) ? 'an array' : `a ${typeof returned}`}`,
    );
  }
  if (!isPlainObject(returned)) throw invalid('returned an object with a class');
  for (const key of Object.keys(returned)) {
    if (!resultFields.has(key))
      throw invalid(`returned an object with the unknown field "${key.slice(0, 50)}"`);
  }
  const { continueProcessing, modifiedPayload, violation, metadata, response } = returned;
  if (typeof continueProcessing !== 'boolean')
    throw invalid('returned a continueProcessing that is not true or false');
  if (continueProcessing && violation !== undefined && violation !== null) {
    throw invalid('returned a violation and continueProcessing: true');
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
  if (typeof violation !== 'object') throw invalid(`returned a violation that is a ${typeof violation}`);
  const { code, reason, description, details, mcpErrorCode, httpStatusCode } = violation as Record<
    string,
    unknown
  >;
  if (typeof code !== 'string' || code === '') throw invalid('returned a violation without a code');
  if (typeof reason !== 'string' || reason === '') throw invalid('returned a violation without a reason');
  const plainDetails = plainOrNothing(details);
  return {
    code,
    reason,
    ...(typeof description === 'string' ? { description } : {}),
    ...(plainDetails === undefined ? {} : { details: plainDetails }),
    ...(Number.isSafeInteger(mcpErrorCode) ? { mcpErrorCode: mcpErrorCode as number } : {}),
    ...(Number.isSafeInteger(httpStatusCode) ? { httpStatusCode: httpStatusCode as number } : {}),
  };
}

function parseMetadata(metadata: unknown): ResultMetadata | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isRecord(metadata)) throw invalid('returned metadata that is not an object');
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

function parseResponse(response: unknown): { readonly result: unknown } | undefined {
  if (response === undefined || response === null) return undefined;
  if (!isRecord(response) || !('result' in response)) throw invalid('returned a response without a result');
  return { result: response['result'] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(what: string): FrameworkError {
  return new FrameworkError(
    'RESULT_INVALID',
    `${what}; return proceed(), modify(), block(), respond() or nothing`,
  );
}
