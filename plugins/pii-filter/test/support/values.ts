import fc from 'fast-check';

const digit = fc.constantFrom(...'0123456789'.split(''));

/** A string of so many digits. */
function digits(length: number): fc.Arbitrary<string> {
  return fc.string({ unit: digit, minLength: length, maxLength: length });
}

function number(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(String);
}

function padded(min: number, max: number, length: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((value) => String(value).padStart(length, '0'));
}

/** Digits with the one check digit that `isValid` takes. */
function withCheckDigit(start: string, isValid: (value: string) => boolean): string {
  for (let check = 0; check < 10; check++) if (isValid(start + check)) return start + check;
  throw new Error(`no check digit for ${start}`);
}

/** Luhn, written another way than in the product: by the table of doubled digits. */
export function isLuhn(value: string): boolean {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = Array.from(value)
    .toReversed()
    .map((character, index) => (index % 2 === 0 ? Number(character) : (doubled[Number(character)] ?? 0)))
    .reduce((left, right) => left + right, 0);
  return sum % 10 === 0;
}

/** Remainder modulo 97 by BigInt. */
function mod97(value: string): bigint {
  const spelled = Array.from(value, (character) => Number.parseInt(character, 36)).join('');
  return BigInt(spelled) % 97n;
}

function iban(country: string, account: string): string {
  return `${country}${String(98n - mod97(`${account}${country}00`)).padStart(2, '0')}${account}`;
}

const separator = fc.constantFrom('-', ' ', '');

function inGroups(value: string, size: number, joint: string): string {
  return (value.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(joint);
}

/** A value of a type, as people write it. */
export interface TypedValue {
  readonly type: string;
  readonly value: string;
}

const local = fc.stringMatching(/^[a-z][a-z0-9]{1,8}(?:[._+-][a-z0-9]{1,6})?$/);
const domain = fc.constantFrom(
  'example.com',
  'mail.example.org',
  'example.co.uk',
  'xn--80ak6aa92e.com',
  'firma.de',
);

const byType: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`),
  ssn: fc
    .tuple(fc.integer({ min: 1, max: 899 }), padded(1, 99, 2), padded(1, 9999, 4))
    .filter(([area]) => area !== 666)
    .map(([area, group, serial]) => `${String(area).padStart(3, '0')}-${group}-${serial}`)
    .filter((value) => value !== '078-05-1120' && value !== '219-09-9999'),
  credit_card: fc
    .tuple(fc.constantFrom('4', '51', '55', '6011', '35', '3530'), digits(15), separator)
    .map(([prefix, rest, joint]) => {
      const start = `${prefix === '35' ? '3540' : prefix}${rest}`.slice(0, 15);
      return inGroups(withCheckDigit(start, isLuhn), 4, joint);
    }),
  bank_account: fc
    .tuple(
      fc.constantFrom('DE', 'ES', 'BE', 'NL', 'GB'),
      digits(20),
      fc.constantFrom('ABNA', 'INGB', 'NWBK'),
      fc.constantFrom('', ' '),
    )
    .map(([country, number20, bank, joint]) => {
      const lengths: Readonly<Record<string, number>> = { DE: 18, ES: 20, BE: 12, NL: 10, GB: 14 };
      const number_ = number20.slice(0, lengths[country]);
      const account = country === 'NL' || country === 'GB' ? `${bank}${number_}` : number_;
      return inGroups(iban(country, account), 4, joint);
    }),
  ip_address: fc.oneof(
    fc.tuple(number(1, 255), number(0, 255), number(0, 255), number(0, 255)).map((parts) => parts.join('.')),
    fc.constantFrom('2001:db8::8a2e:370:7334', 'fe80::1ff:fe23:4567:890a', '2345:425:2ca1:0:0:567:5673:23b5'),
  ),
  phone: fc.oneof(
    fc
      .tuple(number(200, 999), number(200, 999), digits(4))
      .map(([area, exchange, line]) => `(${area}) ${exchange}-${line}`),
    fc
      .tuple(number(200, 999), number(200, 999), digits(4))
      .map(([area, exchange, line]) => `+1-${area}-${exchange}-${line}`),
    digits(8).map((rest) => `+44 20 ${rest.slice(0, 4)} ${rest.slice(4)}`),
    digits(7).map((rest) => `+49 171 ${rest}`),
  ),
  uk_nino: fc
    .tuple(fc.constantFrom('AA', 'AB', 'CE', 'JK', 'YZ'), digits(6), fc.constantFrom('A', 'B', 'C', 'D'))
    .map((parts) => parts.join('')),
  es_nif: digits(8).map((value) => `${value}${'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(value) % 23)}`),
  fr_nir: fc
    .tuple(fc.constantFrom('1', '2'), padded(0, 99, 2), padded(1, 12, 2), padded(1, 95, 2), digits(6))
    .map((parts) => {
      const value = parts.join('');
      return value + String(97n - (BigInt(value) % 97n)).padStart(2, '0');
    }),
};

/** A value of one of the types that are found without a label. */
export const typedValue: fc.Arbitrary<TypedValue> = fc.oneof(
  ...Object.entries(byType).map(([type, value]) => value.map((text) => ({ type, value: text }))),
);
