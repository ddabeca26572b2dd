import type { LabelWords } from '../detectors/detector.js';

/** A topic that a word sequence names. */
export interface LabelEntry {
  readonly topic: string;
  readonly words: readonly string[];
  readonly isWeak: boolean;
}

/** A topic found near a value; `distance` is 0 for the nearest label and grows with what stands between. */
export interface NearTopic {
  readonly topic: string;
  readonly distance: number;
}

const windowBefore = 72;
const windowAfter = 32;
/** Masks (whose words are no labels), words (split at camel case), numbers, and marks that end or start a label. */
const parts =
  /\[(?:TOKEN|HASH):[A-Z_:]+\]|[A-Z]?[a-z\u00df-\u00f6\u00f8-\u024f]+|[A-Z\u00c0-\u00d6\u00d8-\u00de]+(?![a-z\u00df-\u024f])|\d+|[:=#,;\n]/g;
const labelStep = 0.15;
const numberStep = 0.1;
const weakStep = 0.2;

/** Finds which topics the words around a value name. */
export class LabelLexicon {
  private readonly byLastWord = new Map<string, LabelEntry[]>();

  constructor(labels: readonly LabelWords[]) {
    for (const { topic, words, weakWords = [] } of labels) {
      for (const phrase of words) this.add(topic, phrase, false);
      for (const phrase of weakWords) this.add(topic, phrase, true);
    }
  }

  /**
   * Topics near the value at `start` to `end`, nearest first. `label` is what the value is called in the data around
   * the text, such as a property name; it counts as standing before the text.
   */
  near(text: string, start: number, end: number, label: () => string): readonly NearTopic[] {
    const from = Math.max(0, start - windowBefore);
    const topics: NearTopic[] = [];
    const distance = this.before(text.slice(from, start).match(parts) ?? [], topics, 0, true);
    // `text` and `number` are verbs and nouns in a sentence, and say nothing as property names.
    if (from === 0) this.before(label().match(parts) ?? [], topics, distance, false);
    if (end < text.length) this.after(text.slice(end, end + windowAfter).match(parts) ?? [], topics);
    return topics;
  }

  private add(topic: string, phrase: string, isWeak: boolean): void {
    const words = phrase.split(' ');
    const last = words.at(-1) ?? '';
    const entries = this.byLastWord.get(last) ?? [];
    entries.push({ topic, words, isWeak });
    // Longer phrases first: `tax id` before `id`.
    entries.sort((left, right) => right.words.length - left.words.length);
    this.byLastWord.set(last, entries);
  }

  /** Adds what the words before a value name, last word first; gives the distance that they make. */
  private before(
    words: readonly string[],
    topics: NearTopic[],
    startDistance: number,
    withWeak: boolean,
  ): number {
    let distance = startDistance;
    for (let index = words.length - 1; index >= 0; index--) {
      const word = words[index] ?? '';
      if (word.length > 2 && word.charCodeAt(0) < 58 && word.charCodeAt(0) > 47) distance += numberStep;
      const entry = this.endingAt(words, index);
      if (entry === undefined || (entry.isWeak && !withWeak)) continue;
      topics.push({ topic: entry.topic, distance: distance + (entry.isWeak ? weakStep : 0) });
      distance += labelStep;
      index -= entry.words.length - 1;
    }
    return distance;
  }

  /** A label behind a value counts unless it is the label of the next one. */
  private after(words: readonly string[], topics: NearTopic[]): void {
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? '';
      if (word === '\n' || word === ':' || word === '=' || word === '#' || /^\d/.test(word)) return;
      const entry = this.endingAt(words, index);
      if (entry === undefined) continue;
      const next = words[index + 1] ?? '';
      if (/^[:=#\d]/.test(next)) return;
      topics.push({ topic: entry.topic, distance: labelStep + (entry.isWeak ? weakStep : 0) });
      return;
    }
  }

  private endingAt(words: readonly string[], index: number): LabelEntry | undefined {
    const last = (words[index] ?? '').toLowerCase();
    const entries =
      this.byLastWord.get(last) ?? (last.endsWith('s') ? this.byLastWord.get(last.slice(0, -1)) : undefined);
    return entries?.find(({ words: phrase }) => {
      for (let back = 1; back < phrase.length; back++) {
        if (phrase.at(-1 - back) !== words[index - back]?.toLowerCase()) return false;
      }
      return true;
    });
  }
}
