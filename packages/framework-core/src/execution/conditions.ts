import type { PluginCondition } from '../config/plugin-config.js';
import type { GlobalContext } from '../context/global-context.js';
import type { HookTarget } from '../contracts/hook-contract.js';
import type { CompiledPattern } from '../manager/plugin-manager-options.js';
import { globsOf, mediaTypesOf, namesOf, patternsOf, type ValueMatcher } from './value-matchers.js';

/** Whether conditions hold. Undefined: not known, since a value that they compare is not there. */
export type ConditionResult = boolean | undefined;

/** Compares calls with compiled conditions. */
export interface ConditionMatcher {
  /** May throw when a pattern does. */
  match(target: HookTarget, global: GlobalContext): ConditionResult;
}

/** What compiling conditions needs besides them. */
export interface ConditionOptions {
  readonly plugin: string;
  readonly compilePattern: ((pattern: string) => CompiledPattern) | undefined;
}

/**
 * Compiles conditions once, at registration. Undefined: none, the plugin always runs.
 * @throws FrameworkError `PATTERN_UNSUPPORTED`
 */
export function compileConditions(
  conditions: readonly PluginCondition[],
  options: ConditionOptions,
): ConditionMatcher | undefined {
  if (conditions.length === 0 || conditions.some(isUnconstrained)) return undefined;
  const entries = conditions.map((condition) => new EntryMatcher(condition, options));
  const [only] = entries;
  return entries.length === 1 ? only : new AnyEntry(entries);
}

function isUnconstrained(condition: PluginCondition): boolean {
  return Object.values(condition).every((values) => (values?.length ?? 0) === 0);
}

/** Across entries: match wins, then unknown. */
class AnyEntry implements ConditionMatcher {
  private readonly entries: readonly EntryMatcher[];

  constructor(entries: readonly EntryMatcher[]) {
    this.entries = entries;
  }

  match(target: HookTarget, global: GlobalContext): ConditionResult {
    let result: ConditionResult = false;
    for (const entry of this.entries) {
      const entryResult = entry.match(target, global);
      if (entryResult === true) return true;
      if (entryResult === undefined) result = undefined;
    }
    return result;
  }
}

/** Inside an entry: no match decides, otherwise unknown wins. One field after the other, since every call comes here. */
class EntryMatcher implements ConditionMatcher {
  private readonly tools: ValueMatcher | undefined;
  private readonly prompts: ValueMatcher | undefined;
  private readonly resources: ValueMatcher | undefined;
  private readonly agents: ValueMatcher | undefined;
  private readonly serverIds: ValueMatcher | undefined;
  private readonly tenantIds: ValueMatcher | undefined;
  private readonly userPatterns: ValueMatcher | undefined;
  private readonly contentTypes: ValueMatcher | undefined;

  constructor(condition: PluginCondition, options: ConditionOptions) {
    this.tools = globsOf(condition.tools);
    this.prompts = globsOf(condition.prompts);
    this.resources = globsOf(condition.resources);
    this.agents = globsOf(condition.agents);
    this.serverIds = namesOf(condition.serverIds);
    this.tenantIds = namesOf(condition.tenantIds);
    this.userPatterns = patternsOf(condition.userPatterns, options);
    this.contentTypes = mediaTypesOf(condition.contentTypes);
  }

  match(target: HookTarget, global: GlobalContext): ConditionResult {
    let result: ConditionResult = true;
    let field: ConditionResult;
    if (this.tools !== undefined) {
      if ((field = matchTarget(this.tools, target.tools, 'tools', target)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.prompts !== undefined) {
      if ((field = matchTarget(this.prompts, target.prompts, 'prompts', target)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.resources !== undefined) {
      if ((field = matchTarget(this.resources, target.resources, 'resources', target)) === false)
        return field;
      if (field === undefined) result = field;
    }
    if (this.agents !== undefined) {
      if ((field = matchTarget(this.agents, target.agents, 'agents', target)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.serverIds !== undefined) {
      if ((field = matchIdentity(this.serverIds, global.serverId)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.tenantIds !== undefined) {
      if ((field = matchIdentity(this.tenantIds, global.tenantId)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.userPatterns !== undefined) {
      if ((field = matchIdentity(this.userPatterns, global.user)) === false) return field;
      if (field === undefined) result = field;
    }
    if (this.contentTypes !== undefined) {
      if ((field = matchIdentity(this.contentTypes, global.contentType)) === false) return field;
      if (field === undefined) result = field;
    }
    return result;
  }
}

/** A field that does not concern the hook is ignored: its target does not have it. */
function matchTarget(
  matcher: ValueMatcher,
  value: string | undefined,
  field: keyof HookTarget,
  target: HookTarget,
): ConditionResult {
  // Payloads of hosts are not checked: what is no text is not known.
  if (typeof value !== 'string') return field in target ? undefined : true;
  return matcher.matches(value);
}

function matchIdentity(matcher: ValueMatcher, value: string | undefined): ConditionResult {
  return typeof value === 'string' ? matcher.matches(value) : undefined;
}
