import type { IncomingHttpHeaders } from 'node:http';

/** Headers as `around` sees them: names in lower case, the values of one that comes twice joined. */
export function readUpgradeHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) read[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return read;
}
