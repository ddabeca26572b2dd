import type { DetectorPack } from '../detectors/detector.js';

/** Numbers that were printed in advertisements, so that many copies are about. */
const advertised = new Set(['078051120', '219099999']);

/** Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never issued. @see SSA, RM 10201.035 */
function isSocialSecurityNumber(digits: string): boolean {
  const area = digits.slice(0, 3);
  if (area === '000' || area === '666' || area.startsWith('9')) return false;
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000' && !advertised.has(digits);
}

/** Identifiers of the United States. */
export const usPack: DetectorPack = {
  name: 'us',
  detectors: [
    {
      id: 'us-ssn',
      type: 'ssn',
      startsAt: { digits: [3] },
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
      find: /\d{9}(?![0-9A-Za-z])/y,
      check: isSocialSecurityNumber,
      score: 0,
      labels: ['ssn'],
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
        'social',
      ],
    },
  ],
};
