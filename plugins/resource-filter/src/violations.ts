import type { Violation } from '@mcpplugins/framework-core';

/** Codes of refused resources. The first three are the specification's. */
export type ResourceViolationCode =
  | 'PROTOCOL_BLOCKED'
  | 'DOMAIN_BLOCKED'
  | 'CONTENT_SIZE_EXCEEDED'
  | 'INVALID_URI'
  | 'URI_TOO_LONG'
  | 'URI_CREDENTIALS'
  | 'HOST_NOT_ALLOWED'
  | 'PRIVATE_ADDRESS'
  | 'DNS_FAILED'
  | 'FILE_PATH_BLOCKED'
  | 'REDIRECT_BLOCKED'
  | 'FILETYPE_BLOCK'
  | 'BLOCKED_CONTENT';

/** What a model or a person reads, and what an HTTP host answers. @see RFC 9110 section 15.5 */
const answers: Readonly<Record<ResourceViolationCode, readonly [reason: string, httpStatusCode: number]>> = {
  PROTOCOL_BLOCKED: ['Blocked protocol', 403],
  DOMAIN_BLOCKED: ['Blocked domain', 403],
  CONTENT_SIZE_EXCEEDED: ['Content too large', 413],
  INVALID_URI: ['Not a valid URI', 400],
  URI_TOO_LONG: ['URI too long', 414],
  URI_CREDENTIALS: ['URI carries credentials', 403],
  HOST_NOT_ALLOWED: ['Host not allowed', 403],
  PRIVATE_ADDRESS: ['Private address', 403],
  DNS_FAILED: ['Host cannot be resolved', 403],
  FILE_PATH_BLOCKED: ['Blocked file path', 403],
  REDIRECT_BLOCKED: ['Blocked redirect', 403],
  FILETYPE_BLOCK: ['Blocked media type', 415],
  BLOCKED_CONTENT: ['Blocked content', 403],
};

/** A refusal of this plugin. `details` must hold nothing of the content. */
export function refusalOf(
  code: ResourceViolationCode,
  description: string,
  details: Readonly<Record<string, unknown>>,
): Violation {
  const [reason, httpStatusCode] = answers[code];
  return { code, reason, description, details, httpStatusCode };
}
