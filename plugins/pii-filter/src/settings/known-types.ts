import { credentialPatterns } from '../packs/credentials.js';
import { globalPack, localePacks } from '../packs/index.js';

/** Types of values that the filter can look for, as settings and metadata spell them, sorted. */
export const piiTypes: readonly string[] = [
  ...new Set([
    'email',
    ...[globalPack, ...Object.values(localePacks)].flatMap(({ detectors }) =>
      detectors.map(({ type }) => type),
    ),
    ...credentialPatterns.map(({ type }) => type),
  ]),
].toSorted();
