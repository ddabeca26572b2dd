import type { Detector, Span } from './detector.js';

const anyDigits = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
const shortDigits = [1, 2, 3, 4, 5];
const fewLetters = [1, 2, 3, 4, 5];
const minDigits = 4;

function hasDigits(value: string): boolean {
  return value.replace(/\D+/g, '').length >= minDigits;
}

const medicalRecord = /[A-Z0-9]{5,12}(?![A-Za-z0-9])/iy;
const recordPrefix = /(?:^|[^A-Za-z0-9])([A-Z]{1,4}-)$/i;
const longestPrefix = 6;

/** With a prefix of letters: `PX-8812345`. */
function findMedicalRecord(text: string, start: number): Span | undefined {
  medicalRecord.lastIndex = start;
  if (!medicalRecord.test(text)) return undefined;
  const prefix = recordPrefix.exec(text.slice(Math.max(0, start - longestPrefix), start))?.[1] ?? '';
  return { start: start - prefix.length, end: medicalRecord.lastIndex };
}

/**
 * Numbers without a form of their own that could tell them: only a label does. The value is what follows, without
 * the label.
 */
export const labelledDetectors: readonly Detector[] = [
  {
    id: 'passport-labelled',
    type: 'passport',
    startsAt: { digits: anyDigits, letters: fewLetters, digitsThenLetter: shortDigits },
    find: /[A-Z0-9]{6,9}(?![A-Za-z0-9]|[-.]\d)/iy,
    check: hasDigits,
    score: 0,
    labels: ['passport'],
    labelledScore: 0.85,
  },
  {
    id: 'driver-license-labelled',
    type: 'driver_license',
    startsAt: {
      digits: [...shortDigits, ...anyDigits],
      letters: fewLetters,
      digitsThenLetter: [...shortDigits, ...anyDigits],
    },
    find: /[A-Z0-9](?:[A-Z0-9]|[- ](?=[A-Z]{0,2}\d)){4,18}(?![A-Za-z0-9])/iy,
    check: hasDigits,
    score: 0,
    labels: ['driver license'],
    labelledScore: 0.85,
  },
  {
    id: 'bank-account-labelled',
    type: 'bank_account',
    startsAt: { digits: [...shortDigits, ...anyDigits] },
    minDigits: 6,
    find: /\d(?:\d|[- ](?=\d)){5,21}(?![A-Za-z0-9])/y,
    check: (value) => value.length >= 6 && value.length <= 17,
    score: 0,
    labels: ['bank account'],
    labelledScore: 0.8,
  },
  {
    id: 'medical-record-labelled',
    type: 'medical_record',
    startsAt: {
      digits: anyDigits,
      letters: fewLetters,
      digitsThenLetter: shortDigits,
    },
    find: findMedicalRecord,
    check: hasDigits,
    score: 0,
    labels: ['medical record'],
    labelledScore: 0.85,
  },
];
