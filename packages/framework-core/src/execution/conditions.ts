import type { PluginCondition } from '../config/plugin-config.js';
import type { GlobalContext, IdentityField } from '../context/global-context.js';
import type { HookTarget } from '../contracts/hook-contract.js';
import { FrameworkError } from '../errors/framework-error.js';
import { describeError } from '../errors/describe-error.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import { compileGlob } from './glob.js';

/** Whether conditions hold: `unknown` when a value that they compare is not there. */
export type ConditionResult = 'match' | 'no_match' | 'unknown';

/** Compares a call with compiled conditions. May throw when a pattern does. */
export type ConditionMatcher = (target: HookTarget, global: GlobalContext) => ConditionResult;

type FieldMatcher = (target: HookTarget, global: GlobalContext) => ConditionResult | 'ignored';

/** What compiling conditions needs besides them. */
export interface ConditionOptions {
  readonly plugin: string;
  readonly compilePattern: ((pattern: string) => CompiledPattern) | undefined;
}

const targetFields = [
  'tools',
  'prompts',
  'resources',
  'agents',
] as const satisfies readonly (keyof HookTarget)[];

/** Condition fields that compare identity, and the field of the request that they compare. */
export const identityConditions = [
  ['serverIds', 'serverId'],
  ['tenantIds', 'tenantId'],
  ['userPatterns', 'user'],
  ['contentTypes', 'contentType'],
] as const satisfies readonly (readonly [keyof PluginCondition, IdentityField])[];

/**
 * Compiles conditions once, at registration. Undefined: none, the plugin always runs.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export function compileConditions(
  conditions: readonly PluginCondition[],
  options: ConditionOptions,
): ConditionMatcher | undefined {
  const entries = conditions.map((condition) => compileEntry(condition, options));
  if (entries.length === 0 || entries.some((entry) => entry.length === 0)) return undefined;
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return (target, global) => matchEntry(only, target, global);
  return (target, global) => {
    let result: ConditionResult = 'no_match';
    for (const entry of entries) {
      const entryResult = matchEntry(entry, target, global);
      if (entryResult === 'match') return 'match';
      if (entryResult === 'unknown') result = 'unknown';
    }
    return result;
  };
}

/** Inside an entry: no match decides, otherwise unknown wins. */
function matchEntry(
  entry: readonly FieldMatcher[],
  target: HookTarget,
  global: GlobalContext,
): ConditionResult {
  let result: ConditionResult = 'match';
  for (const field of entry) {
    const fieldResult = field(target, global);
    if (fieldResult === 'no_match') return 'no_match';
    if (fieldResult === 'unknown') result = 'unknown';
  }
  return result;
}

function compileEntry(condition: PluginCondition, options: ConditionOptions): FieldMatcher[] {
  const matchers: FieldMatcher[] = [];
  for (const field of targetFields) {
    const names = condition[field];
    if (names === undefined || names.length === 0) continue;
    const matches = anyOf(names, true);
    matchers.push((target) => {
      const value = target[field];
      if (value !== undefined) return matches(value) ? 'match' : 'no_match';
      return field in target ? 'unknown' : 'ignored';
    });
  }
  for (const [field, identity] of identityConditions) {
    const values = condition[field];
    if (values === undefined || values.length === 0) continue;
    const matches = identityTest(field, values, options);
    matchers.push((_target, global) => {
      const value = global[identity];
      if (value === undefined) return 'unknown';
      return matches(value) ? 'match' : 'no_match';
    });
  }
  return matchers;
}

function identityTest(
  field: (typeof identityConditions)[number][0],
  values: readonly string[],
  options: ConditionOptions,
): (value: string) => boolean {
  switch (field) {
    case 'serverIds':
    case 'tenantIds':
      return anyOf(values, false);
    case 'contentTypes': {
      const types = new Set(values.map(mediaType));
      return (value) => types.has(mediaType(value));
    }
    case 'userPatterns': {
      const patterns = values.map((pattern) => compileUserPattern(pattern, options));
      return (value) => patterns.some((pattern) => pattern.matches(value));
    }
  }
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

/** One look-up for exact names, one test for each glob. */
function anyOf(names: readonly string[], globs: boolean): (value: string) => boolean {
  const exact = new Set(globs ? names.filter((name) => !name.includes('*')) : names);
  const patterns = globs ? names.filter((name) => name.includes('*')).map(compileGlob) : [];
  if (patterns.length === 0) return (value) => exact.has(value);
  return (value) => exact.has(value) || patterns.some((pattern) => pattern(value));
}

/** Media type without parameters, lower case. */
function mediaType(value: string): string {
  const end = value.indexOf(';');
  return (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
}
