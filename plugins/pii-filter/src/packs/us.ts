import { hasLuhnCheck } from '../checks/luhn.js';
import { weightedSum } from '../checks/mod11.js';
import type { DetectorPack } from '../detectors/detector.js';

/** Numbers that were printed in advertisements, so that many copies are about. */
const advertised = new Set(['078051120', '219099999']);

/** Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never issued. @see SSA, RM 10201.035 */
function isSocialSecurityNumber(digits: string): boolean {
  const area = digits.slice(0, 3);
  if (area === '000' || area === '666' || area.startsWith('9')) return false;
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000' && !advertised.has(digits);
}

/** Weights 3, 7, 1 repeat; the first two digits are a Federal Reserve district. @see ABA routing number policy */
function isRoutingNumber(digits: string): boolean {
  const district = Number(digits.slice(0, 2));
  const isDistrict =
    district <= 12 ||
    (district >= 21 && district <= 32) ||
    (district >= 61 && district <= 72) ||
    district === 80;
  return isDistrict && digits !== '000000000' && weightedSum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/** Luhn with the prefix 80840. @see CMS, requirements for NPI check digit */
function isProviderNumber(digits: string): boolean {
  return digits.length === 10 && hasLuhnCheck(`80840${digits}`);
}

/** Sum of digits 1, 3, 5 and twice that of 2, 4, 6. @see DEA registration number format */
function isDeaNumber(value: string): boolean {
  return weightedSum(value.slice(2), [1, 2, 1, 2, 1, 2]) % 10 === Number(value.at(-1));
}

/** Identifiers of the United States. */
export const usPack: DetectorPack = {
  name: 'us',
  detectors: [
    {
      id: 'us-ssn',
      type: 'ssn',
      startsAt: { digits: [3] },
      minDigits: 9,
      find: /\d{3}([- .])\d{2}\1\d{4}(?![0-9A-Za-z])/y,
      check: isSocialSecurityNumber,
      score: 0.8,
      labels: ['ssn'],
      labelledScore: 0.95,
    },
    {
      id: 'us-ssn-bare',
      type: 'ssn',
      startsAt: { digits: [9] },
      minDigits: 9,
      find: /\d{9}(?![0-9A-Za-z])/y,
      check: isSocialSecurityNumber,
      score: 0,
      labels: ['ssn'],
    },
    {
      // Groups in use by the IRS: 50-65, 70-88, 90-92, 94-99.
      id: 'us-itin',
      type: 'us_itin',
      startsAt: { digits: [3] },
      minDigits: 9,
      find: /9\d{2}([- ])(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}(?![0-9A-Za-z])/y,
      score: 0.75,
      labels: ['tax id', 'us itin'],
      labelledScore: 0.9,
    },
    {
      id: 'us-itin-bare',
      type: 'us_itin',
      startsAt: { digits: [3, 5, 9] },
      minDigits: 9,
      find: /9\d{2}-?(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-?\d{4}(?![0-9A-Za-z])/y,
      score: 0.3,
      labels: ['tax id', 'us itin'],
      labelledScore: 0.85,
    },
    {
      id: 'us-ein',
      type: 'us_ein',
      startsAt: { digits: [2] },
      minDigits: 9,
      find: /\d{2}-\d{7}(?![0-9A-Za-z])/y,
      score: 0,
      labels: ['us ein', 'tax id'],
      labelledScore: 0.85,
    },
    {
      id: 'us-routing',
      type: 'bank_routing',
      startsAt: { digits: [4, 9] },
      minDigits: 9,
      find: /(?:\d{9}|\d{4}-\d{4}-\d)(?![0-9A-Za-z])/y,
      check: isRoutingNumber,
      score: 0.35,
      labels: ['us routing'],
    },
    {
      id: 'us-npi',
      type: 'us_npi',
      startsAt: { digits: [4, 10] },
      minDigits: 10,
      find: /[12]\d{3}([- ]?)\d{3}\1\d{3}(?![0-9A-Za-z])/y,
      check: isProviderNumber,
      score: 0.35,
      labels: ['us npi'],
    },
    {
      id: 'us-dea',
      type: 'medical_license',
      startsAt: { letters: [1, 2] },
      tokenLengths: [9],
      find: /[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}(?![0-9A-Za-z])/iy,
      check: isDeaNumber,
      score: 0.45,
      labels: ['us dea'],
    },
    {
      id: 'us-mbi',
      type: 'us_mbi',
      startsAt: { digitsThenLetter: [1] },
      tokenLengths: [4, 11],
      find: /[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d(-?)[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d\1[AC-HJKMNP-RT-Y]{2}\d{2}(?![0-9A-Za-z])/iy,
      score: 0.6,
      labels: ['us mbi'],
    },
  ],
  labels: [
    {
      topic: 'ssn',
      words: [
        'ssn',
        'social security',
        'social security number',
        'social security no',
        'ss number',
        'social insurance',
        'tin',
      ],
      weakWords: ['social'],
    },
    {
      topic: 'tax id',
      words: ['tax id', 'taxpayer id', 'tin', 'taxpayer identification number', 'tax identification number'],
    },
    { topic: 'us itin', words: ['itin', 'individual taxpayer'] },
    { topic: 'us ein', words: ['ein', 'employer id', 'employer identification number', 'fein'] },
    { topic: 'us routing', words: ['aba', 'routing', 'routing number', 'rtn', 'aba routing number'] },
    {
      topic: 'us npi',
      words: ['npi', 'provider identifier', 'national provider identifier', 'provider number'],
    },
    {
      topic: 'us dea',
      words: ['dea', 'dea number', 'medical license', 'medical licence', 'dea registration'],
    },
    {
      topic: 'us mbi',
      words: ['mbi', 'medicare', 'medicare number', 'medicare beneficiary identifier', 'beneficiary'],
    },
  ],
};
