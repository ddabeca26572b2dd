import { isSecretName, redacted } from '../auth/redact-headers.js';
import { isObject } from '../hook-points/read-params.js';

/** Keys of a server that sound like secrets and are none: names of files, and of a way to show one. */
const harmless: ReadonlySet<string> = new Set(['certfile', 'keyfile', 'token_endpoint_auth_method']);

/** What of a server may let somebody in, replaced: by names of keys, flags and headers, and in addresses. */
export function redactInfo(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return isSecretName(key) && !harmless.has(key) ? redacted : redactText(value);
  if (Array.isArray(value)) return value.map((item: unknown, at) => redactArgument(item, value[at - 1]));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redactInfo(part, name)]));
}

/**
 * What a plugin made of what it saw: whatever came back as it was shown gets its value back.
 * @returns undefined when something redacted is left, which was put elsewhere and stands for nothing there
 */
export function restoreInfo(changed: unknown, shown: unknown, real: unknown): unknown {
  const restored = restore(changed, shown, real);
  const text = JSON.stringify(restored);
  return text.includes(redacted) || text.includes(encodeURIComponent(redacted)) ? undefined : restored;
}

function restore(changed: unknown, shown: unknown, real: unknown): unknown {
  if (changed === shown) return real;
  if (Array.isArray(changed) && Array.isArray(shown) && Array.isArray(real))
    return changed.map((item: unknown, at) => restore(item, shown[at], real[at]));
  if (!isObject(changed) || !isObject(shown) || !isObject(real)) return changed;
  const parts = Object.entries(changed).map(([key, part]): [string, unknown] => [
    key,
    Object.hasOwn(shown, key) ? restore(part, shown[key], real[key]) : part,
  ]);
  return Object.fromEntries(parts);
}

/** `--token x`, `--token=x` and `Authorization: x`, as they stand in arguments of programs. */
function redactArgument(item: unknown, previous: unknown): unknown {
  if (typeof item !== 'string') return redactInfo(item);
  if (typeof previous === 'string' && /^--?[\w-]+$/.test(previous) && isSecretName(previous)) return redacted;
  const [, start = '', name = ''] = /^(-{0,2}([\w-]+)\s*[=:]\s*)./s.exec(item) ?? [];
  return isSecretName(name) ? `${start}${redacted}` : redactText(item);
}

/** User and password of addresses, and parameters that may let somebody in. */
function redactText(text: string): string {
  return text
    .replace(/(:\/\/)[^/?#@\s]+@/g, `$1${redacted}@`)
    .replace(/([?&]([^=&#\s]+)=)[^&#\s]+/g, (all, start: string, name: string) =>
      isSecretName(name) ? `${start}${redacted}` : all,
    );
}
