import { isObject } from '../hook-points/read-params.js';

/** What one server answered to `initialize`. */
export interface MemberGreeting {
  readonly server: string;
  readonly result: Readonly<Record<string, unknown>>;
}

/** A server that is not there, and why, for clients. */
export interface Unavailable {
  readonly server: string;
  readonly reason: string;
}

/** Key of `_meta` under which a merged result says which servers are missing from it. */
export const unavailableMetaKey = 'mcpplugins.dev/unavailable';

/** The answer of several servers to `initialize` as one: every capability that any has, and the oldest revision of the protocol. */
export function mergeGreetings(
  greetings: readonly MemberGreeting[],
  unavailable: readonly Unavailable[],
  serverInfo: { readonly name: string; readonly version: string },
): Record<string, unknown> {
  const results = greetings.map(({ result }) => result);
  const [protocolVersion] = results
    .flatMap(({ protocolVersion: version }) => (typeof version === 'string' ? [version] : []))
    .toSorted();
  const instructions = [
    ...greetings.flatMap(({ server, result }) =>
      typeof result['instructions'] === 'string' ? [`# ${server}\n\n${result['instructions']}`] : [],
    ),
    ...unavailable.map(({ server, reason }) => `# ${server}\n\nThis server is not available: ${reason}.`),
  ].join('\n\n');
  return {
    protocolVersion,
    capabilities: results.reduce<Record<string, unknown>>(
      (merged, { capabilities }) => mergeObjects(merged, isObject(capabilities) ? capabilities : {}),
      {},
    ),
    serverInfo,
    ...(instructions === '' ? {} : { instructions }),
    ...unavailableMeta(unavailable),
  };
}

/** `_meta` of a result that not every server has a part in; nothing when all have. */
export function unavailableMeta(unavailable: readonly Unavailable[]): object {
  return unavailable.length === 0 ? {} : { _meta: { [unavailableMetaKey]: unavailable } };
}

/** All keys of both; of two objects their merged keys, otherwise what is true. */
function mergeObjects(
  left: Record<string, unknown>,
  right: Record<string, unknown>,
): Record<string, unknown> {
  const merged = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const known = merged[key];
    if (isObject(known) && isObject(value)) merged[key] = mergeObjects(known, value);
    else merged[key] = known === undefined || known === false ? value : known;
  }
  return merged;
}
