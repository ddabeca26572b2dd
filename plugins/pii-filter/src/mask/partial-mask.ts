/** How a partially masked social security number looks: `XXX-XX-6789` or `***-**-6789`. */
export type SsnStyle = 'x' | 'stars';

const extension = / ?(?:x|ext\.?|extension) ?\d+$/i;

/**
 * Masks a value but for what people need to recognise it by. Values that are too short for that are masked whole.
 * What is left is never found again.
 */
export function partialMask(type: string, value: string, ssnStyle: SsnStyle): string {
  const digits = value.normalize('NFKC').replace(/\D+/g, '');
  switch (type) {
    case 'ssn':
      return `${ssnStyle === 'x' ? 'XXX-XX' : '***-**'}-${digits.slice(-4)}`;
    case 'credit_card':
      return `****-****-****-${digits.slice(-4)}`;
    case 'bsn':
      return `*****${digits.slice(-4)}`;
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

function maskPhone(value: string): string {
  const digits = value.normalize('NFKC').replace(extension, '').replace(/\D+/g, '');
  return `***-***-${digits.length > 7 ? digits.slice(-4) : `**${digits.slice(-2)}`}`;
}

/** `j***n@example.com`; a local part of one or two characters is not shown at all. */
function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  const local = Array.from(value.slice(0, at));
  const domain = value.slice(at);
  return local.length > 2 ? `${local[0]}***${local.at(-1)}${domain}` : `***${domain}`;
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
  const characters = value.normalize('NFKC').replace(/[^A-Za-z0-9]+/g, '');
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
  const characters = Array.from(value);
  if (characters.length < 6) return '*'.repeat(characters.length);
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}
