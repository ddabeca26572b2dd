import { mod97 } from '../checks/mod97.js';
import type { DetectorPack } from '../detectors/detector.js';

/** The letter is the number modulo 23; X, Y, Z of foreigners count as 0, 1, 2. @see Real Decreto 1553/2005 */
function hasControlLetter(value: string): boolean {
  const digits = value.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(digits) % 23) === value.at(-1);
}

/** Two digits of province, eight of the person, two of control: the rest modulo 97. */
function isSocialSecurityNumber(digits: string): boolean {
  const number = digits.slice(2, 10).replace(/^0/, '');
  return digits.length === 12 && mod97(digits.slice(0, 2) + number) === Number(digits.slice(10));
}

/** Identifiers of Spain. */
export const esPack: DetectorPack = {
  name: 'es',
  detectors: [
    {
      id: 'es-nif',
      type: 'es_nif',
      startsAt: { digits: [1, 2, 7, 8], digitsThenLetter: [7, 8] },
      tokenLengths: [8, 9],
      minDigits: 7,
      find: /(?:\d{7,8}|\d{1,2}\.\d{3}\.\d{3})[- ]?[A-HJ-NP-TV-Z](?![0-9A-Za-z])/iy,
      check: (value) => value.length >= 8 && hasControlLetter(value),
      score: 0.75,
      labels: ['es nif'],
      labelledScore: 0.95,
    },
    {
      id: 'es-nie',
      type: 'es_nie',
      startsAt: { letters: [1], lettersApart: [1], apartDigits: [7] },
      tokenLengths: [8, 9],
      find: /[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z](?![0-9A-Za-z])/iy,
      check: hasControlLetter,
      score: 0.8,
      labels: ['es nie', 'es nif'],
      labelledScore: 0.95,
    },
    {
      id: 'es-passport',
      type: 'passport',
      startsAt: { letters: [2, 3] },
      find: /[A-Z]{2,3}\d{6}(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['passport'],
      labelledScore: 0.95,
    },
    {
      id: 'es-nuss',
      type: 'es_nuss',
      startsAt: { digits: [2, 12] },
      minDigits: 12,
      find: /\d{2}[-/ ]?\d{8}[-/ ]?\d{2}(?![0-9A-Za-z])/y,
      check: isSocialSecurityNumber,
      score: 0.45,
      labels: ['es nuss'],
      labelledScore: 0.95,
    },
  ],
  labels: [
    { topic: 'es nif', words: ['dni', 'nif', 'documento nacional de identidad', 'identidad'] },
    {
      topic: 'es nie',
      words: ['nie', 'extranjero', 'identidad de extranjero', 'identificación de extranjero'],
    },
    {
      topic: 'es nuss',
      words: ['nuss', 'seguridad social', 'número de la seguridad social', 'naf', 'afiliación'],
    },
    { topic: 'passport', words: ['pasaporte', 'número de pasaporte'] },
    { topic: 'driver license', words: ['carnet de conducir', 'permiso de conducir', 'licencia de conducir'] },
    {
      topic: 'birth',
      words: ['fecha de nacimiento', 'nacimiento', 'nacido', 'nacida', 'nací', 'cumpleaños'],
    },
    {
      topic: 'phone',
      words: ['teléfono', 'número de teléfono', 'móvil', 'movil', 'telefono'],
      weakWords: ['llamar', 'llámame', 'llame', 'contactar'],
    },
    { topic: 'card', words: ['tarjeta', 'tarjeta de crédito', 'número de tarjeta', 'tarjeta de débito'] },
    { topic: 'bank account', words: ['cuenta bancaria', 'número de cuenta', 'ccc'], weakWords: ['cuenta'] },
    { topic: 'other', words: ['pedido', 'factura', 'número de pedido', 'número de factura'] },
  ],
};
