import { createGuardedFetch, createNetGuard, parseUrl } from '@mcpplugins/plugin-kit';
import ResourceFilter from '@mcpplugins/plugin-resource-filter';
import { defineAdapter } from '../adapter.mjs';

/** What a name resolves to when a case does not say: an address of the public internet. */
const publicAddress = '93.184.216.34';

/** Schemes whose hosts the URL standard itself puts into one form. */
const canonicalSchemes = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'file']);

/**
 * A policy of the case file as settings of the resource filter.
 *
 * @param {any} policy
 * @param {any} testCase
 */
const settingsOf = (policy, testCase) => ({
  allowed_protocols: policy.allowed_protocols,
  blocked_domains: policy.blocked_domains ?? [],
  allowed_domains: testCase.allowed_hosts ?? [],
  block_private_addresses: policy.deny_private_networks === true,
  allow_credentials: policy.allow_userinfo !== false,
  resolve_hosts: policy.deny_private_networks === true,
  dns_failure: 'block',
});

/**
 * The addresses that a case gives its names, one answer after the other.
 *
 * @param {any} testCase
 */
function resolverOf({
  resolver = {},
  resolver_default: usual = [publicAddress],
  resolver_sequence: sequence,
}) {
  let query = 0;
  return async (/** @type {string} */ host) =>
    sequence === undefined ? (resolver[host] ?? usual) : sequence[Math.min(query++, sequence.length - 1)];
}

/**
 * The code with which a case is refused, undefined when it is not.
 *
 * @param {any} policy
 * @param {any} testCase
 * @returns {Promise<string | undefined>}
 */
async function refusalOf(policy, testCase) {
  const resolveHost = resolverOf(testCase);
  const config = settingsOf(policy, testCase);
  const plugin = new ResourceFilter(
    { name: 'filter', kind: '@mcpplugins/plugin-resource-filter', config },
    { resolveHost },
  );
  const before = await plugin.hooks.resource_pre_fetch({ uri: testCase.url });
  if (before?.violation !== undefined) return before.violation.code;
  const redirects = [testCase.redirect?.location, ...(testCase.redirect_chain ?? [])].filter(Boolean);
  if (redirects.length > 0) {
    const content = { contents: redirects.map((uri) => ({ uri, text: '' })) };
    const after = await plugin.hooks.resource_post_fetch({ uri: testCase.url, content });
    return after?.violation?.code;
  }
  return testCase.resolver_sequence === undefined
    ? undefined
    : refusalOfFetch(policy, testCase.url, resolveHost);
}

/**
 * A filter cannot pin what it does not fetch; the fetch of the kit does.
 *
 * @param {any} policy
 * @param {string} url
 * @param {(host: string) => Promise<string[]>} resolveHost
 */
async function refusalOfFetch(policy, url, resolveHost) {
  const guarded = createGuardedFetch({
    resolveHost,
    timeoutMs: 1000,
    policy: { allowedProtocols: policy.allowed_protocols, blockedHosts: policy.blocked_domains ?? [] },
  });
  try {
    await guarded.fetch(url);
    return undefined;
  } catch (/** @type {any} */ error) {
    return error.refusal?.code ?? error.code;
  } finally {
    await guarded.close();
  }
}

/**
 * The host that decisions are made by, undefined when there is none.
 *
 * @param {string} url
 * @param {string} protocol
 */
function canonicalHost(url, protocol) {
  const verdict = createNetGuard({
    allowedProtocols: [protocol],
    blockPrivateAddresses: false,
    allowCredentials: true,
  }).checkUrl(url);
  return verdict.ok ? verdict.url.host : undefined;
}

const bare = (/** @type {string} */ host) => host.replace(/^\[|\]$/g, '').replace(/\.+$/, '');

/** @param {import('../adapter.mjs').AdapterTools} tools */
async function checkPolicies({ readCases, report }) {
  const [{ policies }, ...cases] = readCases('url_policy.jsonl');
  let hosts = 0;
  let sameHosts = 0;
  for (const testCase of cases) {
    const { id, url, protocol, expect, code, alt = [], also_ok: alsoOk, canonical_host: host } = testCase;
    const got = await refusalOf(policies[testCase.policy], testCase);
    const verdict = got === undefined ? 'allow' : 'block';
    const isRight = verdict === expect && (verdict === 'allow' || [code, ...alt].includes(got));
    if (isRight || verdict === alsoOk) report.pass();
    else report.fail(id, `expected ${expect} ${code ?? ''}, got ${verdict} ${got ?? ''}`);
    if (typeof host !== 'string' || !canonicalSchemes.has(protocol) || parseUrl(url) === undefined) continue;
    hosts += 1;
    if (canonicalHost(url, protocol) === bare(host)) sameHosts += 1;
  }
  report.score('canonical host', sameHosts, hosts, { atLeast: 1 });
}

/** Which URLs are refused, and by which rule: the resource filter and the kit's fetch against the cases. */
export default defineAdapter({
  title: "the resource filter's hooks and the net guard on URL policies",
  files: ['url_policy.jsonl'],
  run: checkPolicies,
});
