import { describe, expect, it } from 'vitest';
import { createChildEnvironment } from '../../src/stdio/child-environment.js';

const own = { PATH: '/bin', SECRET: 's', TERM: '() { :; }', HOME: undefined };

describe('createChildEnvironment', () => {
  it('lets a child inherit the safe variables and what it was given', () => {
    expect(createChildEnvironment('safe', { TOKEN: 't' }, own)).toEqual({ PATH: '/bin', TOKEN: 't' });
  });

  it('lets a child inherit everything when told to', () => {
    expect(createChildEnvironment('all', { PATH: '/usr/bin' }, own)).toEqual({
      PATH: '/usr/bin',
      SECRET: 's',
      TERM: '() { :; }',
    });
  });
});
