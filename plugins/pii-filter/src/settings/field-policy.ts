import type { MaskStrategy } from '../mask/strategies.js';
import { strategyOf } from './engine-options-of.js';
import { compilePath, type PathMatcher } from './field-path.js';
import type { PiiAction } from './schema-parts.js';
import type { FieldRule, PiiFilterSettings } from './settings.js';

/** What to do about a find at a place. `strategy` undefined: that of the find's type. */
export interface PlaceDecision {
  readonly action: PiiAction;
  readonly strategy: MaskStrategy | undefined;
}

/** Decides about finds of each type at one place. */
export type PlacePolicy = (type: string) => PlaceDecision;

interface CompiledRule {
  readonly matches: PathMatcher;
  readonly hooks: ReadonlySet<string> | undefined;
  readonly targets: ReadonlySet<string> | undefined;
  readonly types: ReadonlySet<string> | undefined;
  readonly decision: PlaceDecision;
}

/** The `fields`, `types` and `block_on_detection` of the settings, compiled once. */
export class FieldPolicy {
  private readonly rules: readonly CompiledRule[];
  private readonly settings: PiiFilterSettings;

  constructor(settings: PiiFilterSettings) {
    this.settings = settings;
    this.rules = settings.fields.map(compileRule);
  }

  /** The policy of one place: the first rule that fits place and type, otherwise what is said of the type. */
  at(hook: string, target: string, segments: () => readonly (string | number)[]): PlacePolicy {
    if (this.rules.length === 0) return (type) => this.byType(type);
    const path = segments();
    const rules = this.rules.filter(
      (rule) => (rule.hooks?.has(hook) ?? true) && (rule.targets?.has(target) ?? true) && rule.matches(path),
    );
    return (type) => rules.find((rule) => rule.types?.has(type) ?? true)?.decision ?? this.byType(type);
  }

  private byType(type: string): PlaceDecision {
    const action = Object.hasOwn(this.settings.types, type) ? this.settings.types[type]?.action : undefined;
    return { action: action ?? (this.settings.block_on_detection ? 'block' : 'mask'), strategy: undefined };
  }
}

function compileRule(rule: FieldRule): CompiledRule {
  return {
    matches: compilePath(rule.path),
    hooks: rule.hooks && new Set(rule.hooks),
    targets: rule.targets && new Set(rule.targets),
    types: rule.types && new Set(rule.types),
    decision: {
      action: rule.action,
      strategy: rule.mask_strategy === undefined ? undefined : strategyOf(rule.mask_strategy),
    },
  };
}
