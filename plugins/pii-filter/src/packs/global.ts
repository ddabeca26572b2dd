import { findCard, findLabelledCard } from '../detectors/card.js';
import type { DetectorPack } from '../detectors/detector.js';
import { findIban } from '../detectors/iban.js';
import { ipv4 } from '../detectors/ip.js';
import { phoneDetectors } from '../detectors/phone.js';

/** What is written alike everywhere: cards, IBANs, IP addresses, telephone numbers. E-mail and IPv6 are built in. */
export const globalPack: DetectorPack = {
  name: 'global',
  detectors: [
    {
      id: 'card',
      type: 'credit_card',
      startsAt: { digits: [4, 13, 14, 15, 16, 17, 18, 19] },
      find: findCard,
      score: 0.85,
      labels: ['card'],
      labelledScore: 0.95,
    },
    {
      id: 'card-labelled',
      type: 'credit_card',
      startsAt: { digits: [4, 12, 13, 14, 15, 16, 17, 18, 19] },
      find: findLabelledCard,
      score: 0,
      labels: ['card'],
      labelledScore: 0.8,
    },
    { id: 'iban', type: 'bank_account', startsAt: { letters: [2] }, find: findIban, score: 0.99 },
    { id: 'ipv4', type: 'ip_address', startsAt: { digits: [1, 2, 3] }, find: ipv4, score: 0.75, labels: ['ip'] },
    ...phoneDetectors,
  ],
  labels: [
    {
      topic: 'card',
      words: ['card', 'credit card', 'debit card', 'card number', 'card no', 'cc', 'ccn', 'pan', 'visa', 'mastercard', 'amex'],
    },
    { topic: 'ip', words: ['ip', 'ip address', 'client ip', 'remote addr', 'address', 'host', 'server'] },
    {
      topic: 'phone',
      words: ['phone', 'telephone', 'phone number', 'telephone number', 'tel', 'mobile', 'cell', 'cellphone', 'fax', 'whatsapp', 'sms', 'msisdn', 'mobile number'],
      weakWords: ['call', 'calling', 'called', 'dial', 'text', 'reach', 'reached', 'answering', 'message', 'contact', 'contact number', 'registered', 'registered number', 'office', 'desk', 'home', 'work', 'hotline', 'number', 'ring'],
    },
    {
      topic: 'other',
      words: ['order', 'order id', 'order number', 'invoice', 'tracking', 'tracking number', 'sku', 'version', 'build', 'commit', 'sha', 'hash', 'isbn', 'ean', 'serial', 'serial number', 'ticket', 'timestamp', 'epoch', 'uuid', 'guid', 'checksum', 'offset', 'bytes', 'part number', 'release', 'id'],
    },
  ],
};
