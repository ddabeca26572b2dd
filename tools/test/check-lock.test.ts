import { describe, expect, it } from 'vitest';
import { missingOptionalDependencies } from '../check-lock.mjs';

describe('missingOptionalDependencies', () => {
  it('accepts a platform package beside, inside of, or above its dependent', () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
      'node_modules/a-linux': { version: '1.0.0' },
      'node_modules/a/node_modules/a-mac': { version: '1.0.0' },
      'node_modules/x/node_modules/y/node_modules/b': {
        version: '2.0.0',
        optionalDependencies: { 'b-win': '2.0.0' },
      },
      'node_modules/x/node_modules/b-win': { version: '2.0.0' },
    };
    expect(missingOptionalDependencies({ packages })).toEqual([]);
  });

  it('names a platform package that is not locked', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
      'node_modules/a-linux': {},
    };
    expect(missingOptionalDependencies({ packages })).toEqual([
      'node_modules/a@1.0.0: a-mac is not in the lockfile',
    ]);
  });

  it('does not look into the folders of unrelated packages', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-mac': '1.0.0' } },
      'node_modules/b/node_modules/a-mac': { version: '1.0.0' },
    };
    expect(missingOptionalDependencies({ packages })).toHaveLength(1);
  });
});
