import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/index.js';

describe('compilePattern', () => {
  it('compares with the whole text', () => {
    const pattern = compilePattern('admin_.*');
    expect(pattern.matches('admin_anna')).toBe(true);
    expect(pattern.matches('not_admin_anna')).toBe(false);
    expect(compilePattern('a|b').matches('ab')).toBe(false);
    expect(compilePattern('^a$').matches('a')).toBe(true);
  });

  it('takes time that grows with the text and not with its combinations', () => {
    const pattern = compilePattern('(x+x+)+y');
    expect(pattern.matches('x'.repeat(50_000))).toBe(false);
  });

  it.each(['(?=a)', String.raw`(a)\1`, '[', '(a{1000}){1000}', 'a'.repeat(1001)])('refuses %j', (text) => {
    let thrown: unknown;
    try {
      compilePattern(text);
    } catch (error) {
      thrown = error;
    }
    expect(FrameworkError.is(thrown, 'PATTERN_INVALID')).toBe(true);
  });
});
