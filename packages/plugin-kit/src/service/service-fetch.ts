import { FrameworkError } from '@mcpplugins/framework-core';
import { specialRangeOf } from '../net/address.js';
import { type CanonicalUrl, parseCanonicalUrl } from '../net/canonical-url.js';
import { createGuardedFetch, type GuardedFetch } from '../net/guarded-fetch.js';
import { isLocalName, type ResolveHost } from '../net/net-policy.js';

/** Which service, and how it may be reached. */
export interface ServicePlace {
  /** As a person configured it: https, or http when the service is on a private network. No credentials. */
  readonly url: string;
  /**
   * Whether the name may stand for a private address. Default: only when the URL itself names one (an address,
   * `localhost`, `*.internal`).
   */
  readonly allowPrivateAddress?: boolean;
  /** Default: the operating system's resolver. */
  readonly resolveHost?: ResolveHost;
  /** Of an answer. Default 1 048 576. */
  readonly maxResponseBytes?: number;
}

/** A fetch that reaches one service and nothing else, and follows no redirects. */
export interface ServiceFetch {
  readonly baseUrl: URL;
  readonly guarded: GuardedFetch;
}

/** @throws FrameworkError `SERVICE_URL_INVALID` */
export function createServiceFetch(name: string, place: ServicePlace, timeoutMs: number): ServiceFetch {
  const url = readUrl(name, place.url);
  const isPrivate = place.allowPrivateAddress ?? namesPrivatePlace(url);
  if (url.protocol !== 'https' && !(url.protocol === 'http' && isPrivate)) {
    throw invalid(name, 'is not https; plain http is for services whose address may be private');
  }
  const guarded = createGuardedFetch({
    timeoutMs,
    maxRedirects: 0,
    maxResponseBytes: place.maxResponseBytes ?? 1_048_576,
    ...(place.resolveHost !== undefined && { resolveHost: place.resolveHost }),
    policy: {
      allowedProtocols: [url.protocol],
      allowedHosts: [url.address?.text ?? url.host],
      privateHosts: isPrivate ? [url.address?.text ?? url.host] : [],
      maxUrlLength: 8192,
    },
  });
  return { baseUrl: url.url, guarded };
}

/**
 * The URL of a question, below the service's own.
 * @throws FrameworkError `SERVICE_URL_INVALID`
 */
export function urlBelow(name: string, baseUrl: URL, path: string): URL {
  const url = new URL(baseUrl);
  const [pathname, query] = splitOnce(path, '?');
  url.pathname = pathname === '' ? url.pathname : `${url.pathname.replace(/\/$/, '')}${pathname}`;
  if (query !== undefined) url.search = query;
  if (path !== '' && !path.startsWith('/') && !path.startsWith('?')) {
    throw invalid(name, 'is asked for a path that does not start with "/"');
  }
  return url;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function readUrl(name: string, text: string): CanonicalUrl {
  const url = parseCanonicalUrl(text);
  if (url === undefined || url.host === '') throw invalid(name, 'is not a URL with a host');
  if (url.url.username !== '' || url.url.password !== '') {
    throw invalid(name, 'carries a user name or a password; put them into a header');
  }
  return url;
}

function namesPrivatePlace({ host, address }: CanonicalUrl): boolean {
  return address === undefined ? isLocalName(host) : specialRangeOf(address) !== undefined;
}

function invalid(name: string, problem: string): FrameworkError<'SERVICE_URL_INVALID'> {
  return new FrameworkError('SERVICE_URL_INVALID', `the URL of ${name} ${problem}`);
}
