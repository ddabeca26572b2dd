import { compileSafePattern, type SafePattern } from '@mcpplugins/plugin-kit';
import type { DenyAction, DenyFilterSettings } from '../settings.js';
import { foldText, foldTextWithMap } from './fold-text.js';
import { isWholeWord } from './word-boundary.js';
import { createWordFinder, type WordFinder } from './word-finder.js';

/** A word or pattern of the list: what it is called in records is its place in the settings. */
export interface DenyRule {
  /** e.g. `words.0` */
  readonly id: string;
  readonly action: DenyAction;
  readonly category: string | undefined;
}

/** Where a rule matched in a text as it is written. */
export interface DenyMatch {
  readonly rule: DenyRule;
  readonly start: number;
  readonly end: number;
}

interface WordRule extends DenyRule {
  readonly isWhole: boolean;
  readonly folded: string;
}

/** The words and patterns of the settings, compiled once. */
export class DenyList {
  private readonly words: readonly WordRule[];
  private readonly findWords: WordFinder;
  private readonly patterns: readonly { readonly rule: DenyRule; readonly pattern: SafePattern }[];

  constructor(settings: DenyFilterSettings) {
    this.words = settings.words.map((entry, index) => {
      const rule = typeof entry === 'string' ? { word: entry } : entry;
      return {
        id: `words.${index}`,
        action: rule.action ?? settings.action,
        category: rule.category,
        isWhole: rule.whole_word ?? settings.whole_words,
        folded: foldText(rule.word.trim()),
      };
    });
    this.findWords = createWordFinder(this.words.map(({ folded }) => folded));
    this.patterns = settings.patterns.map(({ pattern, action, category }, index) => ({
      rule: { id: `patterns.${index}`, action: action ?? settings.action, category },
      pattern: compileSafePattern(pattern, { ignoreCase: true }),
    }));
  }

  /** Rules that match in the text, each once. */
  rulesIn(text: string): ReadonlySet<DenyRule> {
    const rules = new Set<DenyRule>();
    this.eachWord(foldText(text), (rule) => rules.add(rule));
    for (const { rule, pattern } of this.patterns) if (pattern.test(text)) rules.add(rule);
    return rules;
  }

  /** Every match of the rules that are to be redacted, with its place in the text as it is written. */
  redactionsIn(text: string): readonly DenyMatch[] {
    const matches: DenyMatch[] = [];
    const folded = foldTextWithMap(text);
    this.eachWord(folded.text, (rule, start, end) => {
      if (rule.action !== 'redact') return;
      matches.push({ rule, start: folded.starts[start] ?? 0, end: folded.ends[end - 1] ?? text.length });
    });
    for (const { rule, pattern } of this.patterns) {
      if (rule.action !== 'redact') continue;
      for (const { start, end } of pattern.findAll(text)) matches.push({ rule, start, end });
    }
    return matches.toSorted((left, right) => left.start - right.start);
  }

  private eachWord(folded: string, found: (rule: DenyRule, start: number, end: number) => void): void {
    this.findWords(folded, ({ word, start, end }) => {
      const rule = this.words[word];
      if (rule !== undefined && (!rule.isWhole || isWholeWord(folded, start, end))) found(rule, start, end);
    });
  }
}
