import { isDayOfYear } from '../checks/calendar.js';
import { weightedSum } from '../checks/mod11.js';
import type { DetectorPack } from '../detectors/detector.js';

/** Modulus 11 with weights 10 to 2. @see NHS data dictionary, NHS number */
function isNhsNumber(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  const check = (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === Number(digits.at(-1));
}

/** Characters 7 to 10 are month (plus 50 for women) and day of birth. @see DVLA driver number */
function isDriverNumber(value: string): boolean {
  const month = Number(value.slice(6, 8)) % 50;
  return /^[A-Z]+9*$/.test(value.slice(0, 5)) && isDayOfYear(month, Number(value.slice(8, 10)));
}

/** Identifiers of the United Kingdom. */
export const ukPack: DetectorPack = {
  name: 'uk',
  detectors: [
    {
      // Prefixes that are not issued. @see HMRC, NIM39110
      id: 'uk-nino',
      type: 'uk_nino',
      startsAt: { letters: [2], lettersApart: [2], apartDigits: [2] },
      tokenLengths: [9],
      find: /(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]([- ]?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![0-9A-Za-z])/iy,
      score: 0.7,
      labels: ['uk nino'],
      labelledScore: 0.95,
    },
    {
      id: 'uk-nhs',
      type: 'uk_nhs',
      startsAt: { digits: [3, 10] },
      minDigits: 10,
      find: /\d{3}([- ]?)\d{3}\1\d{4}(?![0-9A-Za-z])/y,
      check: isNhsNumber,
      score: 0.4,
      labels: ['uk nhs'],
      labelledScore: 0.95,
    },
    {
      id: 'uk-driver-number',
      type: 'driver_license',
      startsAt: { letters: [1, 2, 3, 4, 5], lettersApart: [5], apartDigits: [1, 3, 5, 6] },
      find: /[A-Z9]{5} ?\d ?\d{2} ?\d{2} ?\d ?[A-Z9]{2}\d[A-Z0-9][A-Z](?: ?\d{2})?(?![0-9A-Za-z])/iy,
      check: isDriverNumber,
      score: 0.75,
      labels: ['driver license'],
    },
    {
      id: 'uk-utr',
      type: 'uk_utr',
      startsAt: { digits: [5, 10] },
      minDigits: 10,
      find: /\d{5} ?\d{5}(?![0-9A-Za-z])/y,
      score: 0,
      labels: ['uk utr'],
    },
    {
      id: 'uk-temporary-reference',
      type: 'uk_trn',
      startsAt: { digitsThenLetter: [2] },
      find: /\d{2}[A-Z] ?\d{5}(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['uk nino', 'uk trn'],
    },
  ],
  labels: [
    {
      topic: 'uk nino',
      words: [
        'nino',
        'national insurance',
        'national insurance number',
        'ni number',
        'ni no',
        'national insurance no',
      ],
    },
    { topic: 'uk nhs', words: ['nhs', 'nhs number', 'nhs no', 'health service number'] },
    { topic: 'uk utr', words: ['utr', 'unique taxpayer reference', 'tax reference'] },
    { topic: 'uk trn', words: ['trn', 'paye', 'temporary reference', 'temp number', 'tax reference'] },
    { topic: 'bank account', words: ['sort code'] },
  ],
};
