import { describe, expect, it } from 'vitest';
import * as surface from '../src/index.js';

describe('public surface', () => {
  it('has exactly these values', () => {
    expect(Object.keys(surface).toSorted()).toEqual([
      'NetRefusedError',
      'compileSafePattern',
      'createGuardedFetch',
      'createHttpService',
      'createMemoryStore',
      'createNetGuard',
      'handleHooks',
      'parseUrl',
      'pluginKitErrorCodes',
      'rewriteContent',
      'rewritePayload',
      'rewriteStrings',
      'walkStrings',
    ]);
  });
});
