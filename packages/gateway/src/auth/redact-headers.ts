import type { IncomingHttpHeaders } from 'node:http';

/** Header fields whose values let somebody in, or may: by their names, since nobody knows them all. */
const secret = /auth|cookie|token|secret|key|password|credential|session|signature|jwt|assertion/;

/** What plugins see in place of such a value. */
export const redacted = '[redacted]';

/** Whether what has this name may let somebody in. */
export function isSecretName(name: string): boolean {
  return secret.test(name.toLowerCase());
}

/** Header fields as plugins see them. */
export function redactHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    shown[name] = isSecretName(name) ? redacted : text;
  }
  return shown;
}

/** Applies what a plugin made of the header fields it saw. What it left alone keeps its value, which it may not have seen. */
export function applyHeaders(
  headers: IncomingHttpHeaders,
  shown: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>>,
): void {
  const named = new Map(Object.entries(changed).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of Object.keys(shown)) if (!named.has(name)) delete headers[name];
  for (const [name, value] of named) if (shown[name] !== value) headers[name] = value;
}

/** The same as new header fields. */
export function changedHeaders<Headers extends IncomingHttpHeaders>(
  headers: Headers,
  shown: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>> | undefined,
): Headers {
  if (changed === undefined) return headers;
  const copy = { ...headers };
  applyHeaders(copy, shown, changed);
  return copy;
}
