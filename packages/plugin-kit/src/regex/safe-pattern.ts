import { FrameworkError } from '@mcpplugins/framework-core';
import { RE2JS } from 're2js';

/** Where a pattern was found: UTF-16 units, end exclusive. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
}

/** A regular expression of a user: whatever it says, its time grows with the text and no faster. */
export interface SafePattern {
  readonly source: string;
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
  /** Whether it matches the whole text. */
  matchesAll(text: string): boolean;
  /** Every match, in order, not overlapping; empty ones are left out. */
  findAll(text: string): readonly PatternMatch[];
}

/** Options of `compileSafePattern`. */
export interface SafePatternOptions {
  /** Default false. */
  readonly ignoreCase?: boolean;
}

/** Longest source that is compiled. */
const maxSourceLength = 10_000;

/**
 * Compiles a pattern that a user wrote. RE2 syntax: look-around and back-references are refused, since they are what
 * cannot be matched in linear time.
 * @throws FrameworkError `PATTERN_INVALID`
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function compileSafePattern(
  source: string,
  { ignoreCase = false }: SafePatternOptions = {},
): SafePattern {
  const pattern = compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  return {
    source,
    test: (text) => pattern.matcher(text).find(),
    matchesAll: (text) => pattern.matches(text),
    findAll(text) {
      const matches: PatternMatch[] = [];
      const matcher = pattern.matcher(text);
      while (matcher.find()) {
        const [start, end] = [matcher.start(), matcher.end()];
        if (end > start) matches.push({ start, end });
      }
      return matches;
    },
  };
}

function compile(source: string, flags: number): RE2JS {
  if (source.length > maxSourceLength) {
    throw new FrameworkError(
      'PATTERN_INVALID',
      `a pattern of ${source.length} characters is longer than ${maxSourceLength}`,
    );
  }
  try {
    return RE2JS.compile(source, flags);
  } catch (error) {
    throw new FrameworkError(
      'PATTERN_INVALID',
      `pattern ${JSON.stringify(source)} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
