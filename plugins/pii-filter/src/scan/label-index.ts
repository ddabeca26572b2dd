import type { Span } from '../detectors/detector.js';
import { codeAt, isDigit } from './characters.js';
import { addToHash, type LabelLexicon, type LabelPhrase, type PhraseForm } from './label-lexicon.js';
import { smallLetter } from './letter-case.js';

/** A topic found near a value; `distance` is 0 for the nearest label and grows with what stands between. */
export interface NearTopic {
  readonly topic: string;
  readonly distance: number;
}

/** A label in a text. */
interface LabelHit {
  readonly start: number;
  readonly end: number;
  readonly phrase: LabelPhrase;
}

/** UTF-16 units before and behind a value that are read for labels. */
export const windowBefore = 64;
export const windowAfter = 32;
const labelStep = 0.15;
const numberStep = 0.1;
const weakStep = 0.2;
/** Shortest number that counts as something between a label and a value. */
const shortestNumber = 3;
/** Characters between two words of a label: `driver's license`, `card - no.` */
const longestGap = 3;
/** Masks, whose words are no labels. */
const mask = /\[(?:TOKEN|HASH):[A-Z_:]{1,80}\]/y;
const breaks = new Set([':', '=', '#', ',', ';', '\n'].map((character) => character.charCodeAt(0)));
const openBracket = 91;
const labelOfNext = /\s*[:=#\d]/y;
const endOfLine = /[\n:=#\d]/;

/** Where labels stand in one text. Reads each part of the text once, and only what is asked about. */
export class LabelIndex {
  private readonly text: string;
  private readonly lexicon: LabelLexicon;
  private readonly hits: LabelHit[] = [];
  private readTo = 0;
  private readonly excluded: Span[] = [];

  constructor(text: string, lexicon: LabelLexicon) {
    this.text = text;
    this.lexicon = lexicon;
  }

  /** Leaves the words of a find out: `order.desk@example.com` labels nothing behind it. Finds come in order. */
  exclude(span: Span): void {
    this.excluded.push(span);
    let index = this.hits.length;
    while (index > 0 && (this.hits[index - 1]?.end ?? 0) > span.start) index--;
    const kept = this.hits.splice(index).filter(({ start }) => start >= span.end);
    this.hits.push(...kept);
  }

  /** Bits of the topics of all labels between `from` and `to`. */
  topicBits(from: number, to: number): number {
    if (this.readTo < to) this.read(from, Math.min(to, this.text.length));
    let bits = 0;
    for (let index = this.hits.length - 1; index >= 0; index--) {
      const hit = this.hits[index];
      if (hit === undefined || hit.end <= from) break;
      if (hit.end <= to) bits |= hit.phrase.mask;
    }
    return bits;
  }

  /** Adds the topics of labels before `at`, nearest first; gives the distance that they and numbers make. */
  addBefore(at: number, topics: NearTopic[], startDistance: number, withWeak: boolean): number {
    this.topicBits(at - windowBefore, at);
    let distance = startDistance;
    let readFrom = at;
    let last: LabelHit | undefined;
    for (let index = this.hits.length - 1; index >= 0; index--) {
      const hit = this.hits[index];
      if (hit === undefined || hit.end <= at - windowBefore) break;
      if (hit.end > readFrom && !isSameSpan(hit, last)) continue;
      if (hit.phrase.isWeak && !withWeak) continue;
      if (!isSameSpan(hit, last)) {
        if (last !== undefined) distance += labelStep;
        distance += numberStep * this.numbersBetween(hit.end, readFrom);
        readFrom = hit.start;
        last = hit;
      }
      topics.push({ topic: hit.phrase.topic, distance: distance + (hit.phrase.isWeak ? weakStep : 0) });
    }
    return last === undefined ? distance : distance + labelStep;
  }

  /** Adds the topics of a label behind `end`, unless it is the label of the next value. */
  addAfter(end: number, topics: NearTopic[]): void {
    this.topicBits(end, end + windowAfter);
    const hit = this.hits.find(({ start }) => start >= end);
    if (hit === undefined || hit.end > end + windowAfter) return;
    if (endOfLine.test(this.text.slice(end, hit.start))) return;
    labelOfNext.lastIndex = hit.end;
    if (labelOfNext.test(this.text)) return;
    topics.push({ topic: hit.phrase.topic, distance: labelStep + (hit.phrase.isWeak ? weakStep : 0) });
  }

  private numbersBetween(from: number, to: number): number {
    let numbers = 0;
    let run = 0;
    for (let at = from; at < to; at++) {
      if (!isDigit(codeAt(this.text, at))) run = 0;
      else if (++run === shortestNumber) numbers++;
    }
    return numbers;
  }

  /** Hashes each word (camel case apart) from `from` on and notes those that end a label. */
  private read(from: number, to: number): void {
    const { text, lexicon } = this;
    const { length } = text;
    let at = Math.max(this.readTo, from);
    while (at > this.readTo && smallLetter(codeAt(text, at - 1)) !== 0) at--;
    while (at < length) {
      const first = text.charCodeAt(at);
      let hash = smallLetter(first);
      if (hash === 0) {
        if (at >= to) break;
        at = first === openBracket ? this.skipMask(at) : at + 1;
        continue;
      }
      for (at++; at < length; at++) {
        const code = text.charCodeAt(at);
        const letter = smallLetter(code);
        if (letter === 0) break;
        if (letter !== code && this.startsWord(at)) {
          this.endWord(lexicon.phrasesEndingIn(hash), at);
          hash = 0;
        }
        hash = addToHash(hash, letter);
      }
      this.endWord(lexicon.phrasesEndingIn(hash), at);
    }
    this.readTo = at;
  }

  /** Whether a capital behind a letter starts a word, as in camel case: `cardNumber`, `SSNValue`. */
  private startsWord(at: number): boolean {
    return isSmall(codeAt(this.text, at - 1)) || isSmall(codeAt(this.text, at + 1));
  }

  /** Gives the index behind a mask at `at`, or behind the bracket. */
  private skipMask(at: number): number {
    mask.lastIndex = at;
    return mask.test(this.text) ? mask.lastIndex : at + 1;
  }

  private endWord(forms: readonly PhraseForm[] | undefined, end: number): void {
    if (forms === undefined || this.isExcluded(end)) return;
    let length = 0;
    for (const { phrase, words } of forms) {
      if (words.length < length) break;
      const start = this.startOf(words, end);
      if (start < 0) continue;
      ({ length } = words);
      this.hits.push({ start, end, phrase });
    }
  }

  private isExcluded(wordEnd: number): boolean {
    for (let index = this.excluded.length - 1; index >= 0; index--) {
      const span = this.excluded[index];
      if (span === undefined || span.end < wordEnd) return false;
      if (span.start < wordEnd) return true;
    }
    return false;
  }

  /** Where a phrase starts that ends at `end`, or -1 if it is another. */
  private startOf(words: readonly string[], phraseEnd: number): number {
    const { text } = this;
    let at = phraseEnd;
    for (let index = words.length - 1; index >= 0; index--) {
      const word = words[index] ?? '';
      const wordEnd = at;
      if (wordEnd < phraseEnd) while (wordEnd - at < longestGap && isGap(codeAt(text, at - 1))) at--;
      for (let letter = word.length - 1; letter >= 0; letter--) {
        if (smallLetter(codeAt(text, --at)) !== word.charCodeAt(letter)) return -1;
      }
      if (smallLetter(codeAt(text, at - 1)) !== 0 && !this.startsWord(at)) return -1;
    }
    return at;
  }
}

function isSmall(code: number): boolean {
  return code !== 0 && smallLetter(code) === code;
}

/** What may stand between two words of a label: neither letter nor digit nor what ends one. */
function isGap(code: number): boolean {
  return code > 0 && smallLetter(code) === 0 && !isDigit(code) && !breaks.has(code);
}

function isSameSpan(hit: LabelHit, other: LabelHit | undefined): boolean {
  return other !== undefined && hit.start === other.start && hit.end === other.end;
}
