import { coreClaims, nationalAtLeast, nationalClaims, weakScore } from './claims.mjs';
import { covers, Tallies } from './tally.mjs';

/**
 * @typedef {import('@mcpplugins/plugin-pii-filter').PiiEngine} PiiEngine
 * @typedef {import('../adapter.mjs').AdapterTools} AdapterTools
 * @typedef {import('./claims.mjs').Claim} Claim
 */

/**
 * Whether a case came out: found where its source says (or as often), or left alone.
 *
 * @param {PiiEngine} engine
 * @param {{ text: string; expect: string; count?: number; spans?: [number, number][] | null; entity: string }} testCase
 * @param {readonly string[]} types
 */
function cameOut(engine, { text, expect, count = 1, spans, entity }, types) {
  const findings = engine.scan(text).filter(({ type }) => types.includes(type));
  if (expect === 'miss') return findings.length === 0;
  // This source counts the word before the date as part of it.
  const isLoose = entity === 'DATE_OF_BIRTH';
  if (isLoose || !spans || spans.length === 0) return findings.length >= Math.max(1, count);
  return spans.every((span) => covers(findings, text, span));
}

/**
 * @param {AdapterTools} tools
 * @param {PiiEngine} engine
 * @param {string} file
 * @param {Readonly<Record<string, Claim>>} claims
 * @param {(testCase: any) => string} nameOf
 */
function tallyCases({ readCases, report }, engine, file, claims, nameOf) {
  const tallies = new Tallies();
  for (const testCase of readCases(file)) {
    const claim = claims[testCase.entity];
    if (claim === undefined) continue;
    const ok = cameOut(engine, testCase, claim.types);
    const isHit = testCase.expect === 'hit';
    if (isHit && !ok && testCase.presidio_score_max <= weakScore) {
      report.deviate(testCase.id, 'its source too finds it weak without words around it; ours asks for them');
      continue;
    }
    const tally = tallies.of(nameOf(testCase));
    if (isHit) tally.hit(ok);
    else tally.miss(ok);
  }
  return tallies;
}

/**
 * Finds against the unit tests of other detectors, by type.
 *
 * @param {AdapterTools} tools
 * @param {PiiEngine} engine
 */
export function scoreCore(tools, engine) {
  /** @param {{ type: string; entity: string }} testCase */
  const nameOf = ({ type, entity }) =>
    entity === 'IBAN_CODE' ? 'iban' : entity === 'US_PASSPORT' ? 'us passport' : type;
  const named = tallyCases(tools, engine, 'pii_core.jsonl', coreClaims, nameOf);
  const required = new Set([
    'email',
    'ssn',
    'credit_card',
    'phone',
    'ip_address',
    'iban',
    'us passport',
    'date_of_birth',
    'bank_account',
    'driver_license',
  ]);
  named.report(tools.report, 'core', (name) => (required.has(name) ? 0.95 : undefined));
  for (const { text, type, id } of tools.readCases('pii_core.jsonl')) {
    if (type !== 'any') continue;
    if (engine.scan(text).length === 0) tools.report.pass();
    else tools.report.fail(id, 'something was found where nothing is');
  }
}

/**
 * Finds of the national identifiers that the filter claims.
 *
 * @param {AdapterTools} tools
 * @param {PiiEngine} engine
 */
export function scoreNationalIds(tools, engine) {
  const tallies = tallyCases(tools, engine, 'pii_national_ids.jsonl', nationalClaims, ({ entity }) => entity);
  tallies.report(tools.report, 'national', () => undefined);
  let ok = 0;
  let all = 0;
  for (const { found, hits, left, misses } of tallies.byName.values()) {
    ok += found + left;
    all += hits + misses;
  }
  tools.report.score('national, all claimed', ok, all, { atLeast: nationalAtLeast });
}
