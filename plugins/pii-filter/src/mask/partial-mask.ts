import { isDigit } from '../scan/characters.js';

/** How a partially masked social security number looks: `XXX-XX-6789` or `***-**-6789`. */
export type SsnStyle = 'x' | 'stars';

const extension = / ?(?:x|ext\.?|extension) ?\d+$/i;

const lastDigitsAlone = /^\d+$/;

/**
 * Masks a value but for what people need to recognise it by. Values that are too short for that are masked whole.
 * What is left is never found again.
 */
export function partialMask(type: string, value: string, ssnStyle: SsnStyle): string {
  switch (type) {
    case 'ssn':
      return `${ssnStyle === 'x' ? 'XXX-XX' : '***-**'}-${lastDigits(value, 4)}`;
    case 'credit_card':
      return `****-****-****-${lastDigits(value, 4)}`;
    case 'bsn':
      return `*****${lastDigits(value, 4)}`;
    case 'phone':
      return maskPhone(value);
    case 'email':
      return maskEmail(value);
    case 'ip_address':
      return maskIpAddress(value);
    case 'bank_account':
      return maskAccount(value);
    case 'date_of_birth':
      return maskDate(value);
    default:
      return maskMiddle(value);
  }
}

/** Without the extension; of a number of seven digits the last two. */
function maskPhone(value: string): string {
  const number = /[a-z]/i.test(value) ? value.replace(extension, '') : value;
  return `***-***-${hasDigits(number, 8) ? lastDigits(number, 4) : `**${lastDigits(number, 2)}`}`;
}

function hasDigits(value: string, count: number): boolean {
  let digits = 0;
  for (let at = 0; at < value.length && digits < count; at++) if (isDigit(value.charCodeAt(at))) digits++;
  return digits === count;
}

/** The last `count` digits of a value, or as many as it has. */
function lastDigits(value: string, count: number): string {
  const end = value.slice(-count);
  return lastDigitsAlone.test(end) ? end : value.replace(/\D+/g, '').slice(-count);
}

/** `j***n@example.com`; a local part of one or two characters is not shown at all. */
function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  const first = firstCharacter(value);
  const last = lastCharacter(value, at);
  const isShown = at > first.length + last.length;
  return `${isShown ? first : ''}***${isShown ? last : ''}${value.slice(at)}`;
}

function firstCharacter(value: string): string {
  return value.slice(0, (value.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}

/** The character that ends at `end`. */
function lastCharacter(value: string, end: number): string {
  return value.slice(end > 1 && (value.codePointAt(end - 2) ?? 0) > 0xffff ? end - 2 : end - 1, end);
}

/** `192.168.*.*`, `2001:db8:*` */
function maskIpAddress(value: string): string {
  const parts = /^(\d+\.\d+)\.\d+\.\d+/.exec(value);
  if (parts !== null) return `${parts[1]}.*.*`;
  const groups = /^[0-9a-f]{1,4}:[0-9a-f]{1,4}(?=:)/i.exec(value);
  return groups === null ? '***' : `${groups[0]}:*`;
}

/** `DE****************3000`: country and last four of an IBAN; of other account numbers the last four. */
function maskAccount(value: string): string {
  const characters = /^[A-Za-z0-9]*$/.test(value) ? value : value.replace(/[^A-Za-z0-9]+/g, '');
  const shown = /^[A-Za-z]{2}\d/.test(characters) ? 2 : 0;
  if (characters.length < 9) return '*'.repeat(characters.length);
  return `${characters.slice(0, shown)}${'*'.repeat(characters.length - shown - 4)}${characters.slice(-4)}`;
}

/** The year, where the date has one of four digits. */
function maskDate(value: string): string {
  const year = /\d{4}/.exec(value)?.[0];
  return year === undefined ? '**-**-**' : `${year}-**-**`;
}

function maskMiddle(value: string): string {
  const first = firstCharacter(value);
  const last = lastCharacter(value, value.length);
  const hidden = value.length - first.length - last.length;
  return hidden < 4 ? '*'.repeat(value.length) : `${first}${'*'.repeat(hidden)}${last}`;
}
