import { createPiiEngine } from '@mcpplugins/plugin-pii-filter';
import { defineSuite } from '../suite.mjs';
import { cleanText, dirtyText } from '../texts/pii-texts.mjs';

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
/** What a team writes that wants six types and no library. */
const combined = new RegExp(
  [
    String.raw`\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,24}\b`,
    String.raw`\b\d{3}-\d{2}-\d{4}\b`,
    String.raw`\b(?:\d[ -]?){12,18}\d\b`,
    String.raw`(?:\+\d{1,3}[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b`,
    String.raw`\b(?:${octet}\.){3}${octet}\b`,
    String.raw`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b`,
  ].join('|'),
  'g',
);

/** @param {string} text */
const maskByRegExp = (text) => text.replace(combined, '[REDACTED]');

/**
 * The share of planted values that is gone from the text.
 *
 * @param {string} masked
 * @param {readonly { value: string }[]} planted
 */
function recall(masked, planted) {
  const gone = planted.filter(({ value }) => !masked.includes(value)).length;
  return `${((100 * gone) / planted.length).toFixed(1)} %`;
}

/**
 * Maskers by name. Each gives the masked text, at once or later.
 *
 * @param {import('../suite.mjs').SuiteTools} tools
 */
async function loadMaskers({ wants, peer }) {
  const engine = createPiiEngine();
  /** @type {Record<string, (text: string) => unknown>} */
  const maskers = {
    'combined RegExp': maskByRegExp,
    'pii-filter': (text) => engine.mask(text).text,
  };
  if (wants('redact-pii')) {
    const { SyncRedactor } = await peer('redact-pii');
    const redactor = new SyncRedactor();
    maskers['redact-pii'] = (text) => redactor.redact(text);
  }
  if (wants('@redactpii/node')) {
    const { Redactor } = await peer('@redactpii/node');
    const redactor = new Redactor();
    maskers['@redactpii/node'] = (text) => redactor.redact(text);
  }
  if (wants('openredaction')) {
    const { OpenRedaction } = await peer('openredaction');
    const redactor = new OpenRedaction({ redactionMode: 'placeholder' });
    maskers['openredaction'] = async (text) => (await redactor.detect(text)).redacted;
  }
  return maskers;
}

const sizes = /** @type {const} */ ([
  ['1 KB', 1024, 8000],
  ['100 KB', 102_400, 80],
  ['1 MB', 1_048_576, 8],
]);
/** Peers that take seconds for a megabyte are measured up to here. */
const slowPeers = new Set(['redact-pii', 'openredaction']);

/** Masking a text, against one RegExp that has six types. The recall of each is printed first. */
export default defineSuite({
  title: 'Masking a text: the whole default pack against one RegExp of six types',
  peers: ['redact-pii', '@redactpii/node', 'openredaction'],
  async prepare(tools) {
    const maskers = await loadMaskers(tools);
    const sample = dirtyText(20_000, 7);
    console.log('share of planted values that is masked (six types):');
    for (const [name, mask] of Object.entries(maskers)) {
      console.log(`  ${name.padEnd(18)} ${recall(String(await mask(sample.text)), sample.planted)}`);
    }
    console.log('');
    const groups = [];
    for (const [label, length, calls] of sizes) {
      for (const [kind, text] of /** @type {const} */ ([
        ['clean', cleanText(length)],
        ['dirty', dirtyText(length).text],
      ])) {
        const entries = Object.entries(maskers).filter(([name]) => length < 200_000 || !slowPeers.has(name));
        const targets = entries.map(([name, mask]) => ({
          name,
          style: /** @type {const} */ ('maybe'),
          call: () => mask(text),
        }));
        const [anchor, ...others] = targets;
        if (anchor !== undefined) groups.push({ name: `${label}, ${kind}`, calls, anchor, targets: others });
      }
    }
    return { groups };
  },
});
