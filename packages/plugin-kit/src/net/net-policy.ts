/** Where requests may go. Closed by default: public hosts over http and https, no credentials in the URL. */
export interface NetPolicy {
  /** Schemes without colon. Default `http`, `https`. */
  readonly allowedProtocols?: readonly string[];
  /** Names (with everything below them), `*.name`, addresses, ranges. Default none. */
  readonly blockedHosts?: readonly string[];
  /** If any: only these. Names mean themselves, `*.name` what is below. A private address is not opened by it. */
  readonly allowedHosts?: readonly string[];
  /** Default true: loopback, private, link-local, CGNAT, multicast, reserved addresses and local names. */
  readonly blockPrivateAddresses?: boolean;
  /** Names, addresses and ranges that may be private all the same. */
  readonly privateHosts?: readonly string[];
  /** User name or password in the URL. Default false. */
  readonly allowCredentials?: boolean;
  /** Characters. Default 2048. */
  readonly maxUrlLength?: number;
  /** What a name that does not resolve means for `NetGuard.check`. Default `block`. */
  readonly onDnsFailure?: 'block' | 'allow';
}

/** The addresses of a name, as text; rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/**
 * Names that stand for this machine or this network wherever they are looked up.
 * @see RFC 6761 section 6.3, RFC 6762 section 3, RFC 8375, ICANN resolution 2024.07.29.06 (.internal)
 */
const localSuffixes = ['localhost', 'local', 'localdomain', 'internal', 'home.arpa'];
const localNames = new Set(['ip6-localhost', 'ip6-loopback', ...localSuffixes]);

/** Whether a canonical host name is local by its name alone. */
export function isLocalName(host: string): boolean {
  return localNames.has(host) || localSuffixes.some((suffix) => host.endsWith(`.${suffix}`));
}
