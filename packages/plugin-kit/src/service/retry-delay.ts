/** Statuses after which the same request may well succeed. @see RFC 9110 section 15.6, RFC 6585 section 4 */
const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** Whether a status says that the service is there and able, but not now. */
export function isPassingStatus(status: number): boolean {
  return passingStatuses.has(status);
}

/**
 * Milliseconds before the next try: what the service asks for, otherwise a random part of a time that doubles with
 * every try, so that many clients do not come back at once.
 */
export function retryDelay(
  attempt: number,
  { baseMs, retryAfter, random }: { baseMs: number; retryAfter: string | null; random: () => number },
): number {
  const asked = parseRetryAfter(retryAfter);
  return asked ?? random() * baseMs * 2 ** attempt;
}

/** Seconds, or a date. @see RFC 9110 section 10.2.3 */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
