import { hasLuhnCheck } from '../checks/luhn.js';
import type { DetectorPack } from '../detectors/detector.js';

/** Identifiers of Canada. Numbers that begin with 0 or 8 are not issued to persons. */
export const caPack: DetectorPack = {
  name: 'ca',
  detectors: [
    {
      id: 'ca-sin',
      type: 'ca_sin',
      startsAt: { digits: [3] },
      minDigits: 9,
      find: /[1-79]\d{2}([- ])\d{3}\1\d{3}(?![0-9A-Za-z]|\1\d)/y,
      check: hasLuhnCheck,
      score: 0.7,
      labels: ['ca sin'],
      labelledScore: 0.95,
    },
    {
      id: 'ca-sin-bare',
      type: 'ca_sin',
      startsAt: { digits: [9] },
      minDigits: 9,
      find: /[1-79]\d{8}(?![0-9A-Za-z])/y,
      check: hasLuhnCheck,
      score: 0.35,
      labels: ['ca sin'],
    },
  ],
  labels: [
    {
      topic: 'ca sin',
      words: [
        'sin',
        'social insurance',
        'social insurance number',
        'nas',
        'numéro d assurance sociale',
        'assurance sociale',
      ],
    },
    { topic: 'passport', words: ['passeport'] },
  ],
};
