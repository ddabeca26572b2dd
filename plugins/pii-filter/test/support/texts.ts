import fc from 'fast-check';

/** Characters that stand around values in texts, and what values and masks are made of. */
const unit = fc.constantFrom(
  ...'0123456789abcdefxyzABCXYZ @.-_/()+:;,%&#\\"\'*=[]{}\n'.split(''),
  ...'é ß 漢 😀 👩‍👩‍👧 １ ٣ 𝟗'.split(' '),
  '\u200b',
  '\u00a0',
  '\u2011',
  '\u0301',
  '\u202e',
  '\u{e0031}',
);

const pieces = fc.constantFrom(
  'SSN 123-45-6789',
  '4111 1111 1111 1111',
  'john@example.com',
  '+1 312-515-2239',
  '192.168.1.1',
  'order 12345678',
  'XXX-XX-6789',
  '****-****-****-1111',
  'j***n@example.com',
  '[REDACTED]',
  'passport',
  'born 22/11/1972',
  '%40',
  '&#64;',
  'GB82 WEST 1234 5698 7654 32',
  'phone: ',
  'tel ',
  '2024-01-15T10:30:45Z',
  'AB123456C',
  'c2VjcmV0QGV4YW1wbGUuY29t',
  '3132332d34352d36373839',
  'fe80::1',
  '078-05-1120',
  '1.2.3.4',
  '(0)',
  'x12',
  '\\u0040',
);

/** Any text: random characters and pieces of values and masks, in any order, glued together. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.string({ unit, maxLength: 12 }) }, { weight: 2, arbitrary: pieces }),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Words, punctuation and emoji without a value in them. */
export const filler: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      'please',
      'see',
      'the note',
      'of',
      'Müller',
      '漢字',
      '😀',
      'and',
      '- item',
      'a < b',
      'x & y',
      '100 %',
      '"quoted"',
      'C:\\dir',
      '#tag',
      '3',
      'v2',
    ),
    { maxLength: 6 },
  )
  .map((words) => words.join(' '));
