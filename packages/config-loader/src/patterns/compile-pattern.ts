import { FrameworkError, type CompiledPattern } from '@mcpplugins/framework-core';
import { RE2JS } from 're2js';
import type { ConfigErrorCode } from '../errors/error-codes.js';

/** Characters of the longest pattern: compiling takes time that grows with it. */
const maxPatternLength = 1000;

/**
 * Compiles a regular expression that is compared with a whole text and takes time linear in its length, whatever the
 * pattern. RE2 syntax: no back-references, no look-around. Pass it to `PluginManager.start` for `user_patterns`.
 * @throws FrameworkError `PATTERN_INVALID`
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > maxPatternLength) {
    throw invalid(`the pattern has ${pattern.length} characters; the limit is ${maxPatternLength}`);
  }
  try {
    const compiled = RE2JS.compile(pattern);
    return { matches: (text) => compiled.matches(text) };
  } catch (error) {
    throw invalid(
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not a pattern',
      error,
    );
  }
}

function invalid(message: string, cause?: unknown): FrameworkError<ConfigErrorCode> {
  return new FrameworkError<ConfigErrorCode>('PATTERN_INVALID', message, { cause });
}
