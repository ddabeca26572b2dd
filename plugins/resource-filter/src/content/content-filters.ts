import {
  compileSafePattern,
  type ContentPlace,
  type ContentVisitor,
  type SafePattern,
} from '@mcpplugins/plugin-kit';
import type { ContentFilterRule } from '../settings.js';

interface CompiledRule {
  readonly name: string;
  readonly pattern: SafePattern;
  readonly isBlocking: boolean;
  readonly replacement: string;
}

/** Compiles `content_filters`. A rule without a name is called after its place in the list. */
export function compileContentFilters(rules: readonly ContentFilterRule[]): readonly CompiledRule[] {
  return rules.map((rule, index) => ({
    name: rule.name ?? `content_filters.${index}`,
    pattern: compileSafePattern(rule.pattern, { ignoreCase: rule.ignore_case }),
    isBlocking: rule.action === 'block',
    replacement: rule.replacement,
  }));
}

/** Applies the rules to what it visits, one after the other, and counts. One object a hook call. */
export class ContentFilterVisitor implements ContentVisitor {
  /** Matches by name of rule. */
  readonly matches = new Map<string, number>();
  /** Rules that refuse the resource. */
  readonly blocking = new Set<string>();
  private readonly rules: readonly CompiledRule[];

  constructor(rules: readonly CompiledRule[]) {
    this.rules = rules;
  }

  text(text: string, place: ContentPlace): string {
    if (place.role === 'uri' || place.role === 'mediaType') return text;
    let filtered = text;
    for (const rule of this.rules) filtered = this.apply(rule, filtered);
    return filtered;
  }

  private apply({ name, pattern, isBlocking, replacement }: CompiledRule, text: string): string {
    const found = pattern.findAll(text);
    if (found.length === 0) return text;
    this.matches.set(name, (this.matches.get(name) ?? 0) + found.length);
    if (isBlocking) {
      this.blocking.add(name);
      return text;
    }
    const pieces: string[] = [];
    let readTo = 0;
    for (const { start, end } of found) {
      pieces.push(text.slice(readTo, start), replacement);
      readTo = end;
    }
    return pieces.join('') + text.slice(readTo);
  }
}
