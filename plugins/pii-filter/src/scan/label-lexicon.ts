import type { LabelWords } from '../detectors/detector.js';

/** A phrase that names a topic. */
export interface LabelPhrase {
  readonly topic: string;
  readonly words: readonly string[];
  readonly isWeak: boolean;
  /** The topic's bit. */
  readonly mask: number;
}

/** A phrase as it may be written: its last word with or without an s at the end. */
export interface PhraseForm {
  readonly phrase: LabelPhrase;
  readonly words: readonly string[];
}

/** Slots of the word table: so many that words of prose seldom meet those of labels in one. */
const slots = 16_384;
/** Topics share so many bits. */
const topicBits = 31;

/** Label phrases by the hash of their last word, with a small table for a first look. */
export class LabelLexicon {
  /** By the hash's last bits: 1 where a label's last word has them. */
  private readonly knownHashes = new Uint8Array(slots);
  private readonly byLastWord = new Map<number, PhraseForm[]>();
  private readonly bitByTopic = new Map<string, number>();

  constructor(labels: readonly LabelWords[]) {
    for (const { topic, words, weakWords = [] } of labels) {
      for (const phrase of words) this.add(topic, phrase, false);
      for (const phrase of weakWords) this.add(topic, phrase, true);
    }
  }

  /** Bits of topics. */
  maskOf(topics: readonly string[]): number {
    let mask = 0;
    for (const topic of topics) {
      let bit = this.bitByTopic.get(topic);
      if (bit === undefined) this.bitByTopic.set(topic, (bit = this.bitByTopic.size % topicBits));
      mask |= 1 << bit;
    }
    return mask;
  }

  /** Phrases whose last word may have this hash, longest first. */
  phrasesEndingIn(hash: number): readonly PhraseForm[] | undefined {
    return this.knownHashes[hash & (slots - 1)] === 1 ? this.byLastWord.get(hash) : undefined;
  }

  private add(topic: string, text: string, isWeak: boolean): void {
    const words = text.split(' ');
    const phrase = { topic, words, isWeak, mask: this.maskOf([topic]) };
    const last = words.at(-1) ?? '';
    for (const form of [last, `${last}s`]) {
      const hash = hashOf(form);
      const forms = this.byLastWord.get(hash) ?? [];
      forms.push({ phrase, words: [...words.slice(0, -1), form] });
      forms.sort((left, right) => right.words.length - left.words.length);
      this.byLastWord.set(hash, forms);
      this.knownHashes[hash & (slots - 1)] = 1;
    }
  }
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = addToHash(hash, word.charCodeAt(at));
  return hash;
}

/** The hash of a word with one more letter, in lower case. */
export function addToHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}
