import { createHmac } from 'node:crypto';
import { canonicalValue } from './canonical-value.js';

/** Consonants: a token never holds a digit or a word, so it is never taken for a value. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const tokenLength = 16;

/**
 * A stable stand-in for a value: letters from HMAC-SHA-256 over tenant, type and canonical value (69 bits). The same
 * for equal values in every process with the same key; different between tenants; not reversible without the key.
 */
export function keyedToken(key: string, tenant: string, type: string, value: string): string {
  const message = [tenant, type, canonicalValue(type, value)].join('\u0000');
  let number = BigInt(`0x${createHmac('sha256', key).update(message).digest('hex')}`);
  let token = '';
  for (let index = 0; index < tokenLength; index++) {
    token += alphabet.charAt(Number(number % 20n));
    number /= 20n;
  }
  return token;
}
