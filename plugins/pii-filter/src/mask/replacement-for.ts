import { keyedToken } from './keyed-token.js';
import { partialMask, type SsnStyle } from './partial-mask.js';
import type { MaskStrategy } from './strategies.js';

/** What masks are made with. */
export interface MaskOptions {
  readonly redactionText: string;
  readonly ssnStyle: SsnStyle;
  /** Secret of hashes and tokens. */
  readonly key: string;
  /** Tokens and hashes of tenants differ. */
  readonly tenant: string;
}

/** What stands in a text in the place of `value`. */
export function replacementFor(
  type: string,
  value: string,
  strategy: MaskStrategy,
  options: MaskOptions,
): string {
  switch (strategy) {
    case 'redact':
      return options.redactionText;
    case 'partial':
      return partialMask(type, value, options.ssnStyle);
    case 'hash':
      return `[HASH:${keyedToken(options.key, options.tenant, type, value)}]`;
    case 'tokenize':
      return `[TOKEN:${type.toUpperCase()}:${keyedToken(options.key, options.tenant, type, value)}]`;
    case 'remove':
      return '';
  }
}
