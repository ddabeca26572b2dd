import { mod97 } from '../checks/mod97.js';
import type { DetectorPack } from '../detectors/detector.js';

/** Key 97 - (number mod 97), Corsica's 2A and 2B as 19 and 18. @see INSEE, numéro de sécurité sociale */
function isSocialSecurityNumber(value: string): boolean {
  const number = value.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return /^\d{13}$/.test(number) && 97 - mod97(number) === Number(value.slice(13));
}

/** Identifiers of France. */
export const frPack: DetectorPack = {
  name: 'fr',
  detectors: [
    {
      id: 'fr-nir',
      type: 'fr_nir',
      startsAt: { digits: [1, 15], digitsThenLetter: [6] },
      tokenLengths: [15],
      find: /[1-478]([- ]?)\d{2}\1(?:0[1-9]|1[0-2]|[2-9]\d)\1(?:\d{2}|2[AB])\1\d{3}\1\d{3}\1\d{2}(?![0-9A-Za-z])/iy,
      check: isSocialSecurityNumber,
      score: 0.9,
      labels: ['fr nir'],
    },
    {
      id: 'fr-passport',
      type: 'passport',
      startsAt: { digitsThenLetter: [2] },
      find: /\d{2}[A-Z]{2}\d{5}(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['passport'],
      labelledScore: 0.95,
    },
    {
      id: 'fr-id-card',
      type: 'fr_id_card',
      startsAt: { digits: [12], letters: [1, 2, 3], digitsThenLetter: [1, 2] },
      find: /(?:\d{12}|[A-Z0-9]{9})(?![0-9A-Za-z])/iy,
      check: (value) => /\d.*\d.*\d.*\d/.test(value),
      score: 0,
      labels: ['fr id card'],
    },
  ],
  labels: [
    {
      topic: 'fr nir',
      words: [
        'nir',
        'sécurité sociale',
        'numéro de sécurité sociale',
        'securite sociale',
        'n° de sécurité sociale',
        'insee',
        'carte vitale',
        'num secu',
        'numéro de sécu',
      ],
    },
    {
      topic: 'fr id card',
      words: ['carte d identité', 'carte nationale d identité', 'cni', 'carte d identite'],
    },
    { topic: 'passport', words: ['passeport'] },
    { topic: 'driver license', words: ['permis de conduire', 'permis'] },
    {
      topic: 'birth',
      words: ['date de naissance', 'naissance', 'né le', 'née le', 'ne le', 'nee le', 'ddn'],
    },
    {
      topic: 'phone',
      words: ['téléphone', 'numéro de téléphone', 'portable', 'tél', 'telecopie'],
      weakWords: ['appeler', 'appelez', 'joindre', 'joignable'],
    },
    {
      topic: 'card',
      words: ['carte', 'carte bancaire', 'carte bleue', 'carte de crédit', 'numéro de carte'],
    },
    { topic: 'bank account', words: ['compte bancaire', 'numéro de compte', 'rib'], weakWords: ['compte'] },
    { topic: 'tax id', words: ['numéro fiscal'] },
    {
      topic: 'other',
      words: ['commande', 'facture', 'numéro de commande', 'numéro de facture', 'siret', 'siren'],
    },
  ],
};
