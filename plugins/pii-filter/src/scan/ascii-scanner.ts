import type { Detector, Span } from '../detectors/detector.js';
import { findEmail } from '../detectors/email.js';
import { findIpv6 } from '../detectors/ip.js';
import type { Candidate } from './candidate.js';
import { isAlphanumeric, isDigit, isLetter, skipDigits } from './characters.js';
import { DetectorTable, maxRun } from './detector-table.js';
import type { LabelLexicon, NearTopic } from './label-lexicon.js';

const triggers = /[0-9@]/;
const [space, openParenthesis, closeParenthesis, asterisk] = [32, 40, 41, 42];
const [hyphen, fullStop, slash, colon, commercialAt] = [45, 46, 47, 58, 64];
/** A number of fewer digits is looked at only if more groups follow. */
const shortestAlone = 6;
const emailScore = 0.95;
const ipv6Score = 0.8;
const lowered = 0.3;
/** From here on a find is not looked at again for words around it. */
const certain = 0.9;
/** What partial masks leave of a number: its last four digits. */
const maskRemainder = /(?:(?:\*{4}[- ]){3}|\*{3}-\*{3}-|(?:XXX|\*{3})-(?:XX|\*\*)-|\*{4,}[- ]?)$/;

/** What a scan is told about the text and asked for. */
export interface ScanRequest {
  /** What the text is called in the data around it, e.g. a property name. */
  readonly label: () => string;
  /** Finds below this score are dropped. */
  readonly minScore: (type: string) => number;
}

/**
 * Finds values in a text whose digits, letters and punctuation are ASCII. Jumps from one digit or `@` to the next,
 * so text without them costs one pass of a RegExp.
 */
export class AsciiScanner {
  private readonly table: DetectorTable;
  private readonly lexicon: LabelLexicon;
  private readonly isWanted: (type: string) => boolean;

  constructor(detectors: readonly Detector[], lexicon: LabelLexicon, isWanted: (type: string) => boolean) {
    this.table = new DetectorTable(detectors);
    this.lexicon = lexicon;
    this.isWanted = isWanted;
  }

  /** Every find with a sufficient score, overlapping ones included. */
  scan(text: string, request: ScanRequest): Candidate[] {
    return new AsciiScan(text, request, this.table, this.lexicon, this.isWanted).run();
  }
}

/** One scan of one text. */
class AsciiScan {
  private readonly text: string;
  private readonly request: ScanRequest;
  private readonly table: DetectorTable;
  private readonly lexicon: LabelLexicon;
  private readonly isWanted: (type: string) => boolean;
  private readonly candidates: Candidate[] = [];
  private colonsReadTo = 0;
  private nearStart = -1;
  private nearEnd = -1;
  private near: readonly NearTopic[] = [];

  constructor(
    text: string,
    request: ScanRequest,
    table: DetectorTable,
    lexicon: LabelLexicon,
    isWanted: (type: string) => boolean,
  ) {
    this.text = text;
    this.request = request;
    this.table = table;
    this.lexicon = lexicon;
    this.isWanted = isWanted;
  }

  run(): Candidate[] {
    const { text } = this;
    const trigger = new RegExp(triggers, 'g');
    while (trigger.test(text)) {
      const at = trigger.lastIndex - 1;
      trigger.lastIndex = text.charCodeAt(at) === commercialAt ? this.email(at) : this.token(at);
    }
    if (this.isWanted('ip_address')) {
      for (let at = text.indexOf('::'); at >= 0; at = text.indexOf('::', at + 1)) this.ipv6(at);
    }
    return this.candidates;
  }

  /** Looks around an `@`. Gives where to go on. */
  private email(at: number): number {
    const span = this.isWanted('email') ? findEmail(this.text, at) : undefined;
    if (span === undefined) return at + 1;
    this.keep('email', 'email', span, emailScore);
    return span.end;
  }

  /** Looks at the token whose first digit is at `at`. Gives where to go on. */
  private token(at: number): number {
    const { text, table } = this;
    const before = text.charCodeAt(at - 1);
    if (isLetter(before)) {
      let start = at - 1;
      while (isLetter(text.charCodeAt(start - 1))) start--;
      this.tryAll(table.letters[Math.min(at - start, maxRun)], start);
      return this.endOfToken(start, at + 1);
    }
    const end = skipDigits(text, at + 1);
    const after = text.charCodeAt(end);
    const run = Math.min(end - at, maxRun);
    if (isLetter(after)) {
      this.tryAll(table.digitsThenLetter[run], at);
      return this.endOfToken(at, end + 1);
    }
    if (before === colon || after === colon) this.ipv6(after === colon ? end : at - 1);
    if ((before === space || before === hyphen) && isLetter(text.charCodeAt(at - 2))) this.wordBefore(at);
    if (run < shortestAlone && !this.goesOn(end, after)) return end;
    if (before === fullStop && isDigit(text.charCodeAt(at - 2))) return end;
    if (run === 4 && this.isMaskRemainder(at, before)) return end;
    this.tryAll(table.digits[run], at);
    return end;
  }

  private endOfToken(start: number, from: number): number {
    const { text } = this;
    let end = from;
    while (isAlphanumeric(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) === colon) this.ipv6(end);
    else if (text.charCodeAt(start - 1) === colon) this.ipv6(start - 1);
    return end;
  }

  /** Whether another group of digits follows: a short number alone is nothing that a detector looks for. */
  private goesOn(end: number, after: number): boolean {
    if (after === space || after === hyphen || after === fullStop || after === slash) {
      const ahead = this.text.charCodeAt(end + 1);
      return isDigit(ahead) || ahead === openParenthesis;
    }
    return after === closeParenthesis;
  }

  private wordBefore(at: number): void {
    let start = at - 2;
    while (isLetter(this.text.charCodeAt(start - 1))) start--;
    this.tryAll(this.table.lettersApart[Math.min(at - 1 - start, maxRun)], start);
  }

  private isMaskRemainder(at: number, before: number): boolean {
    if (before !== asterisk && before !== hyphen && before !== space) return false;
    return maskRemainder.test(this.text.slice(Math.max(0, at - 16), at));
  }

  private ipv6(at: number): void {
    if (at < this.colonsReadTo || !this.isWanted('ip_address')) return;
    const span = findIpv6(this.text, at);
    if (span !== undefined) this.keep('ip_address', 'ipv6', span, ipv6Score);
    this.colonsReadTo = span?.end ?? at + 1;
  }

  private tryAll(row: readonly Detector[] | undefined, start: number): void {
    if (row === undefined) return;
    for (const detector of row) {
      const span = find(detector, this.text, start);
      if (span === undefined) continue;
      if (detector.check !== undefined && !detector.check(significant(this.text.slice(span.start, span.end))))
        continue;
      this.keep(detector.type, detector.id, span, this.score(detector, span));
    }
  }

  private score(detector: Detector, { start, end }: Span): number {
    if (detector.score >= certain) return detector.score;
    let score = this.isAlone(start, end) ? (detector.aloneScore ?? detector.score) : detector.score;
    const near = this.topicsNear(start, end);
    if (detector.labels !== undefined) {
      const topic = near.find((candidate) => detector.labels?.includes(candidate.topic));
      if (topic !== undefined) score = Math.max(score, (detector.labelledScore ?? certain) - topic.distance);
    }
    if (near[0]?.topic === 'other') score -= lowered;
    return this.isPartOfSeries(start, end) ? score - lowered : score;
  }

  private isAlone(start: number, end: number): boolean {
    const outside = this.text.length - (end - start);
    return outside === 0 || (outside < 8 && this.text.trim().length === end - start);
  }

  /** `12-` before and `-34` behind: more groups than the value has. */
  private isPartOfSeries(start: number, end: number): boolean {
    const { text } = this;
    return (
      (isJoint(text.charCodeAt(start - 1)) && isDigit(text.charCodeAt(start - 2))) ||
      (isJoint(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1)))
    );
  }

  private topicsNear(start: number, end: number): readonly NearTopic[] {
    if (start !== this.nearStart || end !== this.nearEnd) {
      this.near = this.lexicon.near(this.text, start, end, this.request.label);
      this.nearStart = start;
      this.nearEnd = end;
    }
    return this.near;
  }

  private keep(type: string, detector: string, { start, end }: Span, score: number): void {
    if (score < this.request.minScore(type)) return;
    this.candidates.push({ type, detector, start, end, score, value: this.text.slice(start, end) });
  }
}

function find(detector: Detector, text: string, start: number): Span | undefined {
  if (typeof detector.find === 'function') return detector.find(text, start);
  detector.find.lastIndex = start;
  const match = detector.find.exec(text);
  return match === null ? undefined : { start, end: start + match[0].length };
}

function significant(value: string): string {
  return value.replace(/[^A-Za-z0-9]+/g, '').toUpperCase();
}

function isJoint(code: number): boolean {
  return code === hyphen || code === fullStop || code === slash;
}
