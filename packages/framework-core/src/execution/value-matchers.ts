import { describeError } from '../errors/describe-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import type { ConditionOptions } from './conditions.js';
import { compileGlob } from './glob.js';

/** The values of one condition field, compiled. One class, so that calls to it stay monomorphic. */
export class ValueMatcher {
  /** The one exact value, when there is no other. */
  private readonly only: string | undefined;
  private readonly exact: ReadonlySet<string>;
  private readonly tests: readonly ((value: string) => boolean)[];
  private readonly normalize: ((value: string) => string) | undefined;

  constructor(
    exact: readonly string[],
    tests: readonly ((value: string) => boolean)[] = [],
    normalize?: (value: string) => string,
  ) {
    this.only = exact.length === 1 && normalize === undefined ? exact[0] : undefined;
    this.exact = new Set(exact);
    this.tests = tests;
    this.normalize = normalize;
  }

  matches(value: string): boolean {
    if (value === this.only) return true;
    return this.matchesAny(this.normalize === undefined ? value : this.normalize(value));
  }

  private matchesAny(value: string): boolean {
    return this.exact.has(value) || this.tests.some((test) => test(value));
  }
}

/** Exact names and globs. */
export function globsOf(values: readonly string[] | undefined): ValueMatcher | undefined {
  if (isEmpty(values)) return undefined;
  return new ValueMatcher(
    values.filter((value) => !value.includes('*')),
    values.filter((value) => value.includes('*')).map(compileGlob),
  );
}

/** Exact names. */
export function namesOf(values: readonly string[] | undefined): ValueMatcher | undefined {
  return isEmpty(values) ? undefined : new ValueMatcher(values);
}

/** Media types without parameters, in any letter case. */
export function mediaTypesOf(values: readonly string[] | undefined): ValueMatcher | undefined {
  return isEmpty(values) ? undefined : new ValueMatcher(values.map(mediaType), [], mediaType);
}

/**
 * Anchored regular expressions.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export function patternsOf(
  values: readonly string[] | undefined,
  options: ConditionOptions,
): ValueMatcher | undefined {
  if (isEmpty(values)) return undefined;
  const patterns = values.map((value) => compileUserPattern(value, options));
  return new ValueMatcher(
    [],
    patterns.map((pattern) => (value) => pattern.matches(value)),
  );
}

function isEmpty(values: readonly string[] | undefined): values is undefined {
  return values === undefined || values.length === 0;
}

function mediaType(value: string): string {
  const end = value.indexOf(';');
  return (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
}

function compileUserPattern(pattern: string, { plugin, compilePattern }: ConditionOptions): CompiledPattern {
  if (compilePattern === undefined) {
    throw new FrameworkError(
      'PATTERN_UNSUPPORTED',
      `plugin "${plugin}": user_patterns need a linear-time regular expression engine; pass compilePattern to the manager`,
      { plugin },
    );
  }
  try {
    return compilePattern(pattern);
  } catch (error) {
    throw new FrameworkError(
      'PATTERN_UNSUPPORTED',
      `plugin "${plugin}": user_patterns: "${pattern}": ${describeError(error)}`,
      { plugin, cause: error },
    );
  }
}
