import { documentCheckDigit } from '../checks/document-check.js';
import { hasMod11And10Check } from '../checks/mod11.js';
import type { DetectorPack } from '../detectors/detector.js';

/** Of the first ten digits, one stands there two or three times and the others once at most. @see §139b AO, BZSt */
function isTaxId(digits: string): boolean {
  if (!hasMod11And10Check(digits)) return false;
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

/** Serial numbers of identity cards and passports: letters without vowels and look-alikes, check digit last. */
function isDocumentNumber(value: string): boolean {
  return documentCheckDigit(value.slice(0, 8)) === Number(value.at(-1));
}

/** The letter counts as its two-digit place in the alphabet; sums of digits with weights 2,1,2,5,7,1,2,1,2,1,2,1. */
function isPensionNumber(value: string): boolean {
  const day = Number(value.slice(2, 4));
  const month = Number(value.slice(4, 6));
  if (day < 1 || day > 81 || month < 1 || month > 12) return false;
  const place = String(value.charCodeAt(8) - 64).padStart(2, '0');
  const digits = `${value.slice(0, 8)}${place}${value.slice(9, 11)}`;
  let sum = 0;
  for (const [index, weight] of [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].entries()) {
    const product = (digits.charCodeAt(index) - 48) * weight;
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum % 10 === Number(value.at(-1));
}

/** Weights 1 and 2 from the left, the letter as its two-digit place; the sum of digits modulo 10. @see §290 SGB V */
function isHealthInsuranceNumber(value: string): boolean {
  const digits = `${String(value.charCodeAt(0) - 64).padStart(2, '0')}${value.slice(1, 9)}`;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const product = (digits.charCodeAt(index) - 48) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum % 10 === Number(value.at(-1));
}

/** Identifiers of Germany. */
export const dePack: DetectorPack = {
  name: 'de',
  detectors: [
    {
      id: 'de-tax-id',
      type: 'de_tax_id',
      startsAt: { digits: [2, 11] },
      minDigits: 11,
      find: /[1-9]\d( ?)\d{3}\1\d{3}\1\d{3}(?![0-9A-Za-z])/y,
      check: isTaxId,
      score: 0.6,
      labels: ['tax id', 'de tax id'],
      labelledScore: 0.95,
    },
    {
      id: 'de-tax-id-labelled',
      type: 'de_tax_id',
      startsAt: { digits: [2, 11] },
      minDigits: 11,
      find: /[1-9]\d( ?)\d{3}\1\d{3}\1\d{3}(?![0-9A-Za-z])/y,
      check: hasMod11And10Check,
      score: 0.4,
      aloneScore: 0.5,
      labels: ['tax id', 'de tax id'],
    },
    {
      id: 'de-tax-number',
      type: 'de_tax_number',
      startsAt: { digits: [2, 3, 4, 10, 11, 13] },
      minDigits: 10,
      find: /(?:\d{2,3}\/\d{3,4}\/\d{4,5}|\d{10,13})(?![0-9A-Za-z])/y,
      score: 0,
      labels: ['de tax number'],
    },
    {
      id: 'de-document',
      type: 'de_id_card',
      startsAt: { letters: [1, 2] },
      tokenLengths: [9],
      find: /[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{7}\d(?![0-9A-Za-z])/iy,
      check: isDocumentNumber,
      score: 0.5,
      labels: ['de id card'],
      labelledScore: 0.95,
    },
    {
      id: 'de-document-labelled',
      type: 'de_id_card',
      startsAt: { letters: [1, 2] },
      find: /[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d?D?(?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['de id card'],
      labelledScore: 0.8,
    },
    {
      id: 'de-document-old',
      type: 'de_id_card',
      startsAt: { letters: [1] },
      tokenLengths: [9],
      find: /T\d{8}(?![0-9A-Za-z])/iy,
      score: 0.3,
      aloneScore: 0.5,
      labels: ['de id card', 'passport'],
    },
    {
      id: 'de-passport',
      type: 'passport',
      startsAt: { letters: [1, 2] },
      find: /[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{7}\d(?![0-9A-Za-z])/iy,
      check: isDocumentNumber,
      score: 0,
      labels: ['passport'],
      labelledScore: 0.97,
    },
    {
      id: 'de-social-security',
      type: 'de_social_security',
      startsAt: { digits: [2], digitsThenLetter: [8] },
      tokenLengths: [12],
      find: /\d{2} ?\d{6} ?[A-Z] ?\d{3}(?![0-9A-Za-z])/iy,
      check: isPensionNumber,
      score: 0.75,
      labels: ['de social security'],
    },
    {
      id: 'de-health-insurance',
      type: 'de_health_insurance',
      startsAt: { letters: [1] },
      tokenLengths: [10],
      find: /[A-Z]\d{9}(?![0-9A-Za-z])/iy,
      check: isHealthInsuranceNumber,
      score: 0.5,
      labels: ['de health insurance'],
    },
    {
      id: 'de-driver-license',
      type: 'driver_license',
      startsAt: { letters: [1, 2] },
      find: /[A-Z0-9]{1,2}\d{8}[A-Z0-9](?![0-9A-Za-z])/iy,
      score: 0,
      labels: ['driver license'],
      labelledScore: 0.9,
    },
  ],
  labels: [
    {
      topic: 'de tax id',
      words: [
        'steuer id',
        'steueridentifikationsnummer',
        'steuer identifikationsnummer',
        'idnr',
        'steuerid',
        'tin',
        'identifikationsnummer',
      ],
    },
    { topic: 'de tax number', words: ['steuernummer', 'steuernr', 'steuer nr'] },
    {
      topic: 'de id card',
      words: [
        'personalausweis',
        'ausweis',
        'ausweisnummer',
        'ausweis nr',
        'personalausweisnummer',
        'id card',
        'identity card',
        'perso',
      ],
    },
    {
      topic: 'de social security',
      words: [
        'sozialversicherungsnummer',
        'rentenversicherungsnummer',
        'versicherungsnummer',
        'sv nummer',
        'rvnr',
        'sozialversicherung',
      ],
    },
    {
      topic: 'de health insurance',
      words: [
        'krankenversicherung',
        'krankenversichertennummer',
        'versichertennummer',
        'kvnr',
        'krankenkasse',
      ],
    },
    { topic: 'passport', words: ['reisepass', 'pass nr', 'passnummer', 'pass', 'reisepassnummer'] },
    {
      topic: 'driver license',
      words: ['führerschein', 'führerscheinnummer', 'fahrerlaubnis', 'führerschein nr'],
    },
    { topic: 'birth', words: ['geburtsdatum', 'geburtstag', 'geboren', 'geb', 'geb am'] },
    {
      topic: 'phone',
      words: [
        'telefon',
        'telefonnummer',
        'handy',
        'handynummer',
        'mobil',
        'rufnummer',
        'tel nr',
        'mobilnummer',
      ],
      weakWords: ['anrufen', 'erreichbar', 'rufen', 'anruf'],
    },
    { topic: 'card', words: ['karte', 'kreditkarte', 'kartennummer', 'kreditkartennummer'] },
    { topic: 'bank account', words: ['konto', 'kontonummer', 'konto nr', 'bankkonto'] },
    { topic: 'medical record', words: ['patientennummer', 'patienten nr', 'fallnummer'] },
    {
      topic: 'other',
      words: [
        'bestellung',
        'bestellnummer',
        'rechnung',
        'rechnungsnummer',
        'auftrag',
        'sendungsnummer',
        'artikelnummer',
        'seriennummer',
      ],
    },
  ],
};
