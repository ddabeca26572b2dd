import { parseUrl } from '@mcpplugins/plugin-kit';

const maxLength = 300;

/**
 * A URI for violations: what it points at, without user, query and fragment, which may hold secrets. Of a URI without
 * hierarchy (`data:…`, `mailto:…`) the scheme alone is left.
 */
export function describeUri(text: string): string | undefined {
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  const { protocol, host, pathname, search, hash } = url;
  if (!pathname.startsWith('/') && host === '') return `${protocol}…`;
  const path = pathname.length > maxLength ? `${pathname.slice(0, maxLength)}…` : pathname;
  return `${protocol}//${host}${path}${search === '' ? '' : '?…'}${hash === '' ? '' : '#…'}`;
}
