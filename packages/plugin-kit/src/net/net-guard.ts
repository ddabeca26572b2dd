import { promises as dns } from 'node:dns';
import { type Address, parseAddress, specialRangeOf } from './address.js';
import { type CanonicalUrl, parseCanonicalUrl, schemeOfInvalidLabel } from './canonical-url.js';
import { compileHostRules, type HostRules } from './host-rules.js';
import { isLocalName, type NetPolicy, type ResolveHost } from './net-policy.js';
import type { NetRefusal, NetRefusalCode } from './net-refusal.js';

/** What the guard says of a URL. */
export type UrlVerdict =
  { readonly ok: true; readonly url: CanonicalUrl } | { readonly ok: false; readonly refusal: NetRefusal };

/** What the guard says of a name: every address that it has now, or why none may be used. */
export type HostVerdict =
  | { readonly ok: true; readonly addresses: readonly Address[] }
  | { readonly ok: false; readonly refusal: NetRefusal };

/** Options of `createNetGuard`. */
export interface NetGuardOptions {
  /** Default: the operating system's resolver. */
  readonly resolveHost?: ResolveHost;
}

/** @see RFC 6570 */
const template = /\{[^{}]+\}/;

async function resolveBySystem(host: string): Promise<readonly string[]> {
  return (await dns.lookup(host, { all: true })).map(({ address }) => address);
}

/** The one place that decides whether a URL, a name or an address may be used. */
export class NetGuard {
  private readonly policy: NetPolicy;
  private readonly protocols: ReadonlySet<string>;
  private readonly blocked: HostRules;
  private readonly allowed: HostRules;
  private readonly openPrivate: HostRules;
  private readonly resolveHost: ResolveHost;

  constructor(policy: NetPolicy, { resolveHost = resolveBySystem }: NetGuardOptions) {
    this.policy = policy;
    this.protocols = new Set(
      (policy.allowedProtocols ?? ['http', 'https']).map((protocol) => protocol.toLowerCase()),
    );
    this.blocked = compileHostRules(policy.blockedHosts ?? [], { withSubdomains: true });
    this.allowed = compileHostRules(policy.allowedHosts ?? [], { withSubdomains: false });
    this.openPrivate = compileHostRules(policy.privateHosts ?? [], { withSubdomains: false });
    this.resolveHost = resolveHost;
  }

  /** Everything that can be said of a URL without asking DNS. */
  checkUrl(text: string): UrlVerdict {
    const maxUrlLength = this.policy.maxUrlLength ?? 2048;
    if (text.length > maxUrlLength) {
      return refuse('URI_TOO_LONG', `the URI has more than ${maxUrlLength} characters`);
    }
    const url = parseCanonicalUrl(text);
    if (url === undefined) return this.refuseUnreadable(text);
    const { protocol, host, address } = url;
    if (!this.protocols.has(protocol)) return this.refuseProtocol(protocol, host);
    if (template.test(host)) return refuse('INVALID_URI', 'the host is a template that was not filled in');
    if (this.blocked.matchesHost(host, address)) {
      return refuse('DOMAIN_BLOCKED', `${host} is a blocked host`, { protocol, host });
    }
    const special = this.specialOf(host, address);
    if (!this.allowed.isEmpty && (special !== undefined || !this.allowed.matchesHost(host, address))) {
      return refuse('HOST_NOT_ALLOWED', `${host || 'a URI without host'} is not among the allowed hosts`, {
        protocol,
        host,
      });
    }
    if (special !== undefined) {
      return refuse('PRIVATE_ADDRESS', `${host} is not on the public internet (${special})`, {
        protocol,
        host,
      });
    }
    const hasCredentials = url.url.username !== '' || url.url.password !== '';
    if (hasCredentials && this.policy.allowCredentials !== true) {
      return refuse('URI_CREDENTIALS', 'the URI carries a user name or a password', { protocol, host });
    }
    return { ok: true, url };
  }

  /** `checkUrl`, and the addresses that the name has at this moment. To connect, use `createGuardedFetch`: it pins. */
  async check(text: string): Promise<UrlVerdict> {
    const verdict = this.checkUrl(text);
    if (!verdict.ok || verdict.url.host === '' || verdict.url.address !== undefined) return verdict;
    const resolved = await this.resolve(verdict.url.host);
    if (resolved.ok) return verdict;
    return resolved.refusal.code === 'DNS_FAILED' && this.policy.onDnsFailure === 'allow'
      ? verdict
      : resolved;
  }

  /** Asks DNS once. One bad address among good ones refuses all: which one is used is not ours to say. */
  async resolve(host: string): Promise<HostVerdict> {
    let texts: readonly string[];
    try {
      texts = await this.resolveHost(host);
    } catch {
      return refuse('DNS_FAILED', `${host} cannot be resolved`, { host });
    }
    const addresses = texts.map((text) => parseAddress(text)).filter((address) => address !== undefined);
    if (addresses.length === 0 || addresses.length < texts.length) {
      return refuse('DNS_FAILED', `${host} has no usable address`, { host });
    }
    for (const address of addresses) {
      const refusal = this.checkAddress(host, address);
      if (refusal !== undefined) return { ok: false, refusal };
    }
    return { ok: true, addresses };
  }

  /** Whether one address of a name may be connected to. */
  checkAddress(host: string, address: Address): NetRefusal | undefined {
    if (this.blocked.matchesAddress(address)) {
      return { code: 'DOMAIN_BLOCKED', reason: `${host} has a blocked address`, host };
    }
    const special = this.specialOf(host, address);
    if (special === undefined) return undefined;
    return {
      code: 'PRIVATE_ADDRESS',
      reason: `${host} has an address that is not on the public internet (${special})`,
      host,
    };
  }

  private specialOf(host: string, address: Address | undefined): string | undefined {
    if (this.policy.blockPrivateAddresses === false) return undefined;
    const special = address === undefined ? localNameRange(host) : specialRangeOf(address);
    if (special === undefined || this.openPrivate.isEmpty) return special;
    const isOpen =
      this.openPrivate.matchesHost(host, parseAddress(host)) ||
      (address !== undefined && this.openPrivate.matchesAddress(address));
    return isOpen ? undefined : special;
  }

  private refuseUnreadable(text: string): UrlVerdict {
    const protocol = schemeOfInvalidLabel(text);
    if (protocol !== undefined && !this.protocols.has(protocol)) return this.refuseProtocol(protocol, '');
    return this.allowed.isEmpty
      ? refuse('INVALID_URI', 'this is no absolute URI')
      : refuse('HOST_NOT_ALLOWED', 'this is no absolute URI, so its host is not among the allowed ones');
  }

  private refuseProtocol(protocol: string, host: string): UrlVerdict {
    return refuse('PROTOCOL_BLOCKED', `protocol "${protocol}" is not allowed`, { protocol, host });
  }
}

/**
 * Makes the guard of a policy.
 * @throws FrameworkError `HOST_RULE_INVALID`
 */
export function createNetGuard(policy: NetPolicy = {}, options: NetGuardOptions = {}): NetGuard {
  return new NetGuard(policy, options);
}

function localNameRange(host: string): string | undefined {
  return isLocalName(host) ? 'local name' : undefined;
}

function refuse(
  code: NetRefusalCode,
  reason: string,
  place: { readonly protocol?: string; readonly host?: string } = {},
): { readonly ok: false; readonly refusal: NetRefusal } {
  return { ok: false, refusal: { code, reason, ...place } };
}
