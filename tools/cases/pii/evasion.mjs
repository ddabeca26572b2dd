import { evasionAtLeast } from './claims.mjs';

const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/**
 * The text as it is written and as a reader could decode it.
 *
 * @param {string} text
 */
function readings(text) {
  const folded = text
    .replace(unseen, '')
    .normalize('NFKC')
    .replaceAll(/\p{Pd}/gu, '-');
  const unescaped = text
    .replaceAll(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  const decoded = (text.match(/[\w+/=-]{8,}/g) ?? []).map((run) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  const tags = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0xe0020 && code <= 0xe007e ? String.fromCharCode(code - 0xe0000) : character;
  }).join('');
  return [text, folded, unescaped, tags, text.replaceAll(/\s/g, ''), ...decoded];
}

/**
 * Values that are written so that a plain pattern misses them.
 *
 * @param {import('../adapter.mjs').AdapterTools} tools
 * @param {import('@mcpplugins/plugin-pii-filter').PiiEngine} engine
 */
export function scoreEvasion({ readCases, report }, engine) {
  /** @type {Record<string, { hidden: number; all: number }>} */
  const levels = { must: { hidden: 0, all: 0 }, should: { hidden: 0, all: 0 }, may: { hidden: 0, all: 0 } };
  for (const { id, text, original, level, technique } of readCases('pii_evasion.jsonl')) {
    const masked = engine.mask(text).text;
    const compact = original.replaceAll(' ', '');
    const survives =
      masked === text ||
      readings(masked).some((reading) => reading.includes(original) || reading.includes(compact));
    const counts = levels[level];
    if (counts === undefined) throw new Error(`${id}: level ${level} is not known`);
    counts.all += 1;
    if (!survives) counts.hidden += 1;
    else if (level === 'must') report.fail(id, `survives: ${technique}`);
  }
  for (const [level, { hidden, all }] of Object.entries(levels)) {
    const atLeast = evasionAtLeast[/** @type {keyof typeof evasionAtLeast} */ (level)];
    report.score(`evasion ${level}`, hidden, all, { atLeast });
  }
}
