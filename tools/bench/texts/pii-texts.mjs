// Texts for the PII suite: made from a seed, so that every run and every peer sees the same ones.

const words =
  `the of and to in is that for it as was with be by on not he this are or his from at which but have an had they you
were their one all we can her has there been if more when will would who so no out up into than them could other time
new some these two may first then do any like my now over such our man me even most made after also did many before
must through back years where much your way well down should because each just those people how too little state good
very make world still own see men work long get here between both life being under never day same another know while
last might us great old year off come since against go came right used take three customer request server response
configuration deployment review meeting quarterly estimate budget release documentation pipeline international
understanding responsibility implementation`.split(/\s+/);

/** @param {number} seed */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @typedef {() => number} Random */

/**
 * @template Item
 * @param {Random} random
 * @param {readonly Item[]} items
 * @returns {Item}
 */
function pick(random, items) {
  return /** @type {Item} */ (items[Math.floor(random() * items.length)]);
}

/**
 * @param {Random} random
 * @param {number} length
 * @param {string} [alphabet]
 */
function characters(random, length, alphabet = '0123456789') {
  return Array.from({ length }, () => pick(random, alphabet.split(''))).join('');
}

/**
 * What stands in ordinary texts and is nobody's data.
 *
 * @type {readonly ((random: Random) => string)[]}
 */
const harmless = [
  (random) => String(Math.floor(random() * 3000)),
  (random) =>
    `20${characters(random, 2, '0123')}-0${characters(random, 1, '123456789')}-1${characters(random, 1)}T09:15:30Z`,
  (random) => `v${characters(random, 1)}.${characters(random, 2, '123456789')}.${characters(random, 1)}`,
  (random) => `${characters(random, 2, '12345')}.${characters(random, 1)}%`,
  (random) => characters(random, 8, '0123456789abcdef') + '-' + characters(random, 4, '0123456789abcdef'),
  (random) => `$${characters(random, 2, '123456789')},${characters(random, 3)}.00`,
  (random) => `https://example.com/docs/page-${characters(random, 2)}?ref=home`,
  (random) => `commit ${characters(random, 40, '0123456789abcdef')}`,
  () => 'getUserAccountById(index, { retries: 3 })',
  (random) => `order ${characters(random, 7, '123456789')}`,
];

/** @param {string} digits */
function withLuhn(digits) {
  for (let check = 0; check < 10; check++) {
    let sum = 0;
    for (const [index, digit] of Array.from(`${digits}${check}`).reverse().entries()) {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      sum += value > 9 ? value - 9 : value;
    }
    if (sum % 10 === 0) return digits + check;
  }
  return digits;
}

/** @param {string} country @param {string} account */
function iban(country, account) {
  const number = Array.from(`${account}${country}00`)
    .map((character) => Number.parseInt(character, 36))
    .join('');
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`;
}

/**
 * Values by type, of the six types that the combined RegExp has.
 *
 * @type {Readonly<Record<string, (random: Random) => string>>}
 */
const values = {
  email: (random) => `${pick(random, words)}.${pick(random, words)}${characters(random, 2)}@example.org`,
  ssn: (random) =>
    `${characters(random, 3, '12345')}-${characters(random, 2, '1234')}-${characters(random, 4, '1234')}`,
  card: (random) =>
    (withLuhn(`4${characters(random, 14)}`).match(/.{4}/g) ?? []).join(pick(random, ['', ' ', '-'])),
  phone: (random) =>
    `${pick(random, ['+1 ', '', ''])}(${characters(random, 3, '23456')}) ${characters(random, 3, '2345')}-${characters(random, 4)}`,
  ip: (random) =>
    `10.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`,
  iban: (random) =>
    pick(random, [
      () => iban('DE', characters(random, 18)),
      () => iban('GB', `NWBK${characters(random, 14)}`),
      () => (iban('DE', characters(random, 18)).match(/.{1,4}/g) ?? []).join(' '),
    ])(),
};

/**
 * Prose of about `length` characters with numbers, dates, hashes, links and code in it, and no personal data.
 *
 * @param {number} length
 * @param {number} [seed]
 */
export function cleanText(length, seed = 1) {
  return makeText(length, seed, 0).text;
}

/**
 * The same with a value in about each 150 characters.
 *
 * @param {number} length
 * @param {number} [seed]
 */
export function dirtyText(length, seed = 2) {
  return makeText(length, seed, 0.04);
}

/**
 * @param {number} length
 * @param {number} seed
 * @param {number} valueShare
 */
function makeText(length, seed, valueShare) {
  const random = createRandom(seed);
  const planted = [];
  const pieces = [];
  let size = 0;
  while (size < length) {
    const roll = random();
    let piece = pick(random, words);
    if (roll < valueShare) {
      const [type, make] = pick(random, Object.entries(values));
      piece = make(random);
      planted.push({ type, value: piece });
    } else if (roll < valueShare + 0.06) piece = pick(random, harmless)(random);
    else if (roll > 0.92) piece += pick(random, ['.', ',', '.\n', ';']);
    pieces.push(piece);
    size += piece.length + 1;
  }
  return { text: pieces.join(' '), planted };
}
