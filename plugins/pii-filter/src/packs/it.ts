import { hasLuhnCheck } from '../checks/luhn.js';
import type { DetectorPack } from '../detectors/detector.js';

/** What a character counts at odd places; at even ones digits count as themselves, letters from 0. */
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** @see DM 23 dicembre 1976, codice fiscale: carattere di controllo */
function hasControlCharacter(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = value.charCodeAt(index);
    const place = code < 65 ? code - 48 : code - 65;
    sum += index % 2 === 0 ? (oddValues[place] ?? 0) : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === value.charAt(15);
}

/** Identifiers of Italy. */
export const itPack: DetectorPack = {
  name: 'it',
  detectors: [
    {
      // Letters L to V in digit places tell two persons with one code apart (omocodia).
      id: 'it-fiscal-code',
      type: 'it_fiscal_code',
      startsAt: { letters: [6, 7, 8], lettersApart: [3], apartDigits: [2] },
      find: /[A-Z]{3} ?[A-Z]{3} ?[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2} ?[A-Z][\dLMNP-V]{3}[A-Z](?![0-9A-Za-z])/iy,
      check: hasControlCharacter,
      score: 0.9,
      labels: ['it fiscal code'],
    },
    {
      id: 'it-vat',
      type: 'it_vat',
      startsAt: { digits: [8, 11] },
      minDigits: 8,
      find: /\d{8}_?\d{3}(?![0-9A-Za-z])/y,
      check: (digits) => hasLuhnCheck(digits) && !/^0{10}/.test(digits),
      score: 0.35,
      labels: ['it vat'],
    },
    {
      id: 'it-identity-card',
      type: 'it_identity_card',
      isSelective: true,
      startsAt: { letters: [2], lettersApart: [2], apartDigits: [5, 7], digitsThenLetter: [7] },
      find: /(?:[A-Z]{2} ?\d{7}|[A-Z]{2} ?\d{5}[A-Z]{2}|\d{7}[A-Z]{2})(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['it identity card'],
    },
    {
      id: 'it-driver-license',
      type: 'driver_license',
      startsAt: { letters: [1, 2] },
      tokenLengths: [10],
      find: /(?:[A-Z]{2}\d{7}[A-Z]|U1[BCDFGHJ-NPR-TV-Z0-9]{7}[A-Z])(?![0-9A-Za-z])/iy,
      score: 0.3,
      labels: ['driver license'],
      labelledScore: 0.9,
    },
  ],
  labels: [
    { topic: 'it fiscal code', words: ['codice fiscale', 'cf', 'cod fiscale'] },
    { topic: 'it vat', words: ['partita iva', 'p iva', 'piva'] },
    {
      topic: 'it identity card',
      words: ['carta d identità', 'carta identità', 'carta d identita', 'documento di identità', 'cie'],
    },
    { topic: 'passport', words: ['passaporto', 'numero di passaporto'] },
    { topic: 'driver license', words: ['patente', 'patente di guida'] },
    { topic: 'birth', words: ['data di nascita', 'nascita', 'nato il', 'nata il', 'nato', 'nata'] },
    {
      topic: 'phone',
      words: ['telefono', 'numero di telefono', 'cellulare', 'cell'],
      weakWords: ['chiamare', 'chiamami', 'contattare'],
    },
    { topic: 'card', words: ['carta di credito', 'numero di carta', 'carta'] },
    {
      topic: 'bank account',
      words: ['conto corrente', 'numero di conto', 'conto bancario'],
      weakWords: ['conto'],
    },
    { topic: 'other', words: ['ordine', 'fattura', 'numero ordine'] },
  ],
};
