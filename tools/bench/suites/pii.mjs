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
 * Values of the six types in disguises that a reader or a program undoes.
 *
 * @type {Readonly<Record<string, (value: string) => string>>}
 */
const disguises = {
  fullWidth: (value) =>
    value.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  zeroWidth: (value) => value.split('').join('\u200b'),
  percent: (value) =>
    value.replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`),
  base64: (value) => Buffer.from(`my data: ${value}`).toString('base64'),
};

/** Identifiers beyond the six types, as people write them. */
const otherIdentifiers = [
  'NINO AB123456C',
  'DNI 12345678Z',
  'codice fiscale RSSMRA85T10A562S',
  'NIR 1 85 05 78 006 084 91',
  'Steuer-ID 86095742719',
  'BSN 111222333',
  'SIN 130 692 544',
  'passport no. X1234567',
  "driver's license F162823540116",
  'born on 1990-01-15',
  'MRN 00123456',
  'account number 987654321012',
  'ITIN 912-70-1234',
  'NHS number 943 476 5919',
  'fe80::1ff:fe23:4567:890a',
];

/**
 * The share of texts in which a value is gone.
 *
 * @param {(text: string) => unknown} mask
 * @param {readonly { text: string; value: string }[]} texts
 */
async function shareMasked(mask, texts) {
  let gone = 0;
  for (const { text, value } of texts) if (!String(await mask(text)).includes(value)) gone += 1;
  return `${((100 * gone) / texts.length).toFixed(0)} %`.padStart(6);
}

/** What every masker is tried on before it is timed. */
function trials() {
  const { planted } = dirtyText(20_000, 7);
  const plain = planted.map(({ value }) => ({ text: `see ${value} there`, value }));
  const disguised = planted.flatMap(({ value }) =>
    Object.entries(disguises).flatMap(([name, disguise]) => {
      const hidden = disguise(value);
      // A value without signs is its own percent form.
      return hidden === value && name === 'percent' ? [] : [{ text: `see ${hidden} there`, value: hidden }];
    }),
  );
  const others = otherIdentifiers.map((text) => ({ text, value: text.split(' ').at(-1) ?? text }));
  return { plain, disguised, others };
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
    const { plain, disguised, others } = trials();
    const harmless = cleanText(20_000, 9)
      .split(' ')
      .map((word) => `see ${word} there`);
    console.log('values masked: six types, other identifiers, six types in disguise; harmless words changed');
    for (const [name, mask] of Object.entries(maskers)) {
      let changed = 0;
      for (const text of harmless) if ((await mask(text)) !== text) changed += 1;
      const shares = [
        await shareMasked(mask, plain),
        await shareMasked(mask, others),
        await shareMasked(mask, disguised),
      ];
      console.log(`  ${name.padEnd(18)} ${shares.join('  ')}   ${changed} of ${harmless.length}`);
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
