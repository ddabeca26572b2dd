/**
 * Milliseconds that a server asks to be left alone: seconds or a date, with 429 and 503 only.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(statusCode: number, value: string | undefined): number | undefined {
  if (value === undefined || (statusCode !== 429 && statusCode !== 503)) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // The engine takes almost anything for a date; those of HTTP begin with a day.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
