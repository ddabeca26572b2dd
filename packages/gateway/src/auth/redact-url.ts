import { isSecretName, redacted } from './redact-headers.js';

/** An address as plugins see it: without user and password, and without the values of parameters that may let somebody in. */
export function redactUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys()))
    if (isSecretName(name)) shown.searchParams.set(name, redacted);
  return shown.href;
}
