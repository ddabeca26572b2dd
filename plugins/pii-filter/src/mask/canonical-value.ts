/**
 * The form in which equal values are equal, so that they get equal tokens: e-mail and IP addresses in lower case,
 * others as letters (upper case) and digits alone.
 */
export function canonicalValue(type: string, value: string): string {
  const folded = value.normalize('NFKC');
  if (type === 'email' || type === 'ip_address') return folded.trim().toLowerCase();
  return folded.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();
}
