import { createHash, randomBytes } from 'node:crypto';
import { FrameworkError } from '@mcpplugins/framework-core';

/** A hash as it stands in a configuration. */
const hashPattern = /^sha256:[0-9a-f]{64}$/;

/** Characters that a key must have. A hash without salt hides only what cannot be guessed. */
const minKeyLength = 32;

/** A key for a client that nobody can guess: 256 random bits. */
export function generateKey(): string {
  return `mcpp_${randomBytes(32).toString('base64url')}`;
}

/**
 * The hash of a key, as a configuration has it.
 * @throws FrameworkError `AUTH_KEY_WEAK`
 */
export function hashKey(key: string): string {
  if (key.length < minKeyLength || new Set(key).size < 10) {
    throw new FrameworkError(
      'AUTH_KEY_WEAK',
      `a key needs ${minKeyLength} random characters: the hash of a shorter one can be guessed`,
    );
  }
  return `sha256:${digestOf(key).toString('hex')}`;
}

/** Whether a text is what `hashKey` makes. */
export function isKeyHash(text: string): boolean {
  return hashPattern.test(text);
}

/** What of a hash is compared. */
export function digestFrom(hash: string): Buffer {
  return Buffer.from(hash.slice('sha256:'.length), 'hex');
}

/** The same of a key that a client sent. */
export function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
