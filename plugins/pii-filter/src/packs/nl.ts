import { weightedSum } from '../checks/mod11.js';
import type { DetectorPack } from '../detectors/detector.js';

/** The eleven test: weights 9 to 2 and -1. @see Wet algemene bepalingen burgerservicenummer */
function isCitizenServiceNumber(digits: string): boolean {
  const padded = digits.padStart(9, '0');
  return padded !== '000000000' && weightedSum(padded, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** Identifiers of the Netherlands. */
export const nlPack: DetectorPack = {
  name: 'nl',
  detectors: [
    {
      id: 'nl-bsn',
      type: 'bsn',
      startsAt: { digits: [3, 4, 8, 9] },
      minDigits: 8,
      find: /(?:\d{8,9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![0-9A-Za-z])/y,
      check: isCitizenServiceNumber,
      score: 0.3,
      labels: ['bsn'],
      labelledScore: 0.95,
    },
    {
      id: 'nl-bsn-labelled',
      type: 'bsn',
      startsAt: { digits: [9] },
      minDigits: 9,
      find: /\d{9}(?![0-9A-Za-z])/y,
      score: 0,
      labels: ['bsn'],
      labelledScore: 0.85,
    },
    {
      id: 'nl-passport',
      type: 'passport',
      startsAt: { letters: [2, 3, 4, 5, 6, 7, 8] },
      find: /[A-NP-Z]{2}[A-NP-Z0-9]{6}\d(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['passport'],
      labelledScore: 0.95,
    },
  ],
  labels: [
    {
      topic: 'bsn',
      words: [
        'bsn',
        'burgerservicenummer',
        'citizen service number',
        'citizen id',
        'sofinummer',
        'sofi nummer',
      ],
    },
    { topic: 'passport', words: ['paspoort', 'paspoortnummer', 'identiteitskaart', 'id kaart'] },
    { topic: 'driver license', words: ['rijbewijs', 'rijbewijsnummer'] },
    { topic: 'birth', words: ['geboortedatum', 'geboren', 'geboren op'] },
    {
      topic: 'phone',
      words: ['telefoon', 'telefoonnummer', 'mobiel', 'mobiele nummer'],
      weakWords: ['bellen', 'bel', 'bereikbaar'],
    },
    { topic: 'card', words: ['kaart', 'creditcard', 'kaartnummer'] },
    { topic: 'bank account', words: ['rekening', 'rekeningnummer', 'bankrekening'] },
    { topic: 'other', words: ['bestelling', 'factuur', 'bestelnummer', 'factuurnummer'] },
  ],
};
