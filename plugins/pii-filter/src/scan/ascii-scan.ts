import type { Span } from '../detectors/detector.js';
import { findEmail } from '../detectors/email.js';
import { findIpv6 } from '../detectors/ip.js';
import type { ScanRequest, ScanTables } from './ascii-scanner.js';
import type { Candidate } from './candidate.js';
import { codeAt, isAlphanumeric, isDigit, isLetter, skipDigits } from './characters.js';
import { areDisjoint, overlapping } from './resolve-overlaps.js';
import { minHexLength } from '../normalise/encoded-runs.js';
import { countDigits, endOfDigits } from './read-digits.js';
import { type CompiledDetector, type DetectorRow, maxRun } from './detector-table.js';
import { smallLetter } from './letter-case.js';
import { LabelIndex, type NearTopic, windowAfter, windowBefore } from './label-index.js';

/**
 * Where a value may be: an `@`; a digit from which six follow in groups; a digit beside a letter; a digit that starts
 * four parts with dots, parts with colons, or three parts of a date; a year behind a word or day. Every choice starts with a character that is
 * rare in prose, so that the RegExp engine passes over the rest at full speed.
 */
const triggers = new RegExp(
  String.raw`@|\d(?:${[
    String.raw`(?=(?:[ ./()_-]{0,2}\d){5}`,
    '[A-Za-z]',
    String.raw`\.\d{1,3}\.\d{1,3}\.\d`,
    ':[0-9A-Fa-f]{0,4}:',
    String.raw`\d?[./-]\d{1,2}[./-]\d\d`,
    String.raw`\d?(?:st|nd|rd|th)?,? (?:18|19|20)\d\d`,
    String.raw`\d{3}(?<=[A-Za-z][.,]?[ -]\d{4}))`,
    String.raw`(?<=[A-Za-z]\d)`,
  ].join('|')})`,
  'g',
);
const [space, openParenthesis, closeParenthesis, asterisk] = [32, 40, 41, 42];
const [comma, hyphen, fullStop, slash, colon, commercialAt] = [44, 45, 46, 47, 58, 64];
/** A number of fewer digits is looked at only if more groups follow. */
const shortestAlone = 6;
/** Fewer digits in groups are no value even where a label stands near. */
const fewestLabelledDigits = 6;
/** A token of letters and digits that is longer is no value but a hash or the like: IBANs have 34 at most. */
const longestToken = 34;
/** A token of letters and digits with fewer digits is looked at only if another one follows. */
const fewestDigitsOfMixed = 4;
/** A token of 0 to 9 and a to f that changes more often between letters and digits is a hash or a part of one. */
const mostChangesOfHash = 2;
const emailScore = 0.95;
const ipv6Score = 0.8;
const lowered = 0.3;
/** What a find of this score covers is not looked at again: it is explained. */
const sufficient = 0.6;
/** What partial masks leave of a number: its last four digits. */
const maskRemainder = /(?:(?:\*{4}[- ]){3}|\*{3}-\*{3}-|(?:XXX|\*{3})-(?:XX|\*\*)-|\*{4,}[- ]?)$/;
const significantOnly = /^[A-Z0-9]*$/;

/**
 * One scan of one text. Jumps from one digit or `@` to the next, so that text without them costs one pass of a
 * RegExp, and looks at words only where a number needs one.
 */
export class AsciiScan {
  private readonly text: string;
  private readonly request: ScanRequest;
  private readonly tables: ScanTables;
  private readonly labels: LabelIndex;
  readonly candidates: Candidate[] = [];
  /** Tokens that may be hex. */
  readonly hexTokens: Span[] = [];
  private outside: LabelIndex | undefined;
  private colonsReadTo = 0;
  /** End of the last find with a sufficient score. */
  private explainedTo = 0;
  /** Detectors of finds, by index, that were sure enough without a look at the words around. */
  private unread: Map<number, CompiledDetector> | undefined;
  private nearStart = -1;
  private nearEnd = -1;
  private near: readonly NearTopic[] = [];

  constructor(text: string, request: ScanRequest, tables: ScanTables) {
    this.text = text;
    this.request = request;
    this.tables = tables;
    this.labels = new LabelIndex(text, tables.lexicon);
  }

  run(): this {
    const { text } = this;
    triggers.lastIndex = 0;
    let readTo = 0;
    while (triggers.test(text)) {
      let at = triggers.lastIndex - 1;
      if (codeAt(text, at) === commercialAt) readTo = this.email(at);
      else {
        while (at > readTo && isDigit(codeAt(text, at - 1))) at--;
        readTo = Math.max(this.token(at), this.explainedTo);
      }
      triggers.lastIndex = readTo;
    }
    if (this.tables.findsIpAddress) {
      this.colonsReadTo = 0;
      for (let at = text.indexOf('::'); at >= 0; at = text.indexOf('::', at + 1)) this.ipv6(at);
    }
    for (const { id, type, findAll } of this.tables.patterns) {
      for (const span of findAll(text)) this.keep(type, id, span, 1);
    }
    if (this.unread !== undefined && !areDisjoint(this.candidates)) this.settleUnread(this.unread);
    return this;
  }

  /** Where finds overlap, the words around them decide. */
  private settleUnread(unread: ReadonlyMap<number, CompiledDetector>): void {
    for (const index of overlapping(this.candidates)) {
      const detector = unread.get(index);
      const candidate = this.candidates[index];
      if (candidate === undefined || detector === undefined) continue;
      const { type, start, end, value } = candidate;
      const score = this.scoreByWords(detector, candidate, false);
      this.candidates[index] = { type, detector: detector.id, start, end, score, value, encoded: undefined };
    }
  }

  /** Looks around an `@`. Gives where to go on. */
  private email(at: number): number {
    const span = this.tables.findsEmail ? findEmail(this.text, at) : undefined;
    if (span === undefined) return at + 1;
    this.labels.exclude(span);
    this.keep('email', 'email', span, emailScore);
    return span.end;
  }

  /** Looks at the token whose first digit is at `at`. Gives where to go on. */
  private token(at: number): number {
    const { text } = this;
    const before = codeAt(text, at - 1);
    if (isLetter(before)) {
      let start = at - 1;
      while (isLetter(codeAt(text, start - 1))) start--;
      return this.mixedToken(this.tables.detectors.letters[Math.min(at - start, maxRun)], start, at + 1);
    }
    const end = skipDigits(text, at + 1);
    const run = Math.min(end - at, maxRun);
    const after = codeAt(text, end);
    if (isLetter(after)) return this.mixedToken(this.tables.detectors.digitsThenLetter[run], at, end + 1);
    if (before === colon || after === colon) this.ipv6(after === colon ? end : at - 1);
    if (before === space || before === hyphen) this.wordBefore(at, 1 << run);
    if (run < shortestAlone && !this.goesOn(end, after)) return end;
    // A decimal fraction, or the later part of a number in groups.
    if (before === fullStop && isDigit(codeAt(text, at - 2))) return end;
    if (run === 4 && this.isMaskRemainder(at, before)) return end;
    if (end - at >= minHexLength) this.hexTokens.push({ start: at, end });
    const row = this.tables.detectors.digits[run];
    const digits = countDigits(text, at);
    this.trySure(row, at, digits);
    if (digits >= fewestLabelledDigits && this.explainedTo <= at && !(run === 4 && isTimestamp(text, at))) {
      this.tryLabelled(row, at, endOfDigits(text, at), digits);
    }
    return end;
  }

  /** Looks at a token of letters and digits. */
  private mixedToken(row: DetectorRow | undefined, start: number, from: number): number {
    const { text } = this;
    let end = from;
    let digits = 1;
    let changes = 1;
    let wasDigit = isDigit(codeAt(text, end - 1));
    let isHash = isHashUnit(codeAt(text, start));
    for (let code = codeAt(text, end); isAlphanumeric(code); code = codeAt(text, ++end)) {
      if (isDigit(code) !== wasDigit) changes++;
      wasDigit = isDigit(code);
      if (wasDigit) digits++;
      else if (!isHashUnit(code)) isHash = false;
    }
    if (end - start >= minHexLength) this.hexTokens.push({ start, end });
    if (end - start <= longestToken && row !== undefined) {
      const length = 1 << (end - start);
      for (const detector of row.sure) if ((detector.lengthMask & length) !== 0) this.try(detector, start);
      const goesOn = codeAt(text, end) === hyphen || codeAt(text, end) === space;
      const isLabelled = digits >= fewestDigitsOfMixed && !(isHash && changes > mostChangesOfHash);
      if (isLabelled || (goesOn && isDigit(codeAt(text, end + 1)))) {
        this.tryLabelled(row, start, end, maxRun);
      }
    }
    if (codeAt(text, end) === colon) this.ipv6(end);
    else if (codeAt(text, start - 1) === colon) this.ipv6(start - 1);
    return end;
  }

  /** Whether another group of digits follows: a short number alone is nothing that a detector looks for. */
  private goesOn(end: number, after: number): boolean {
    if (after !== space && after !== hyphen && after !== fullStop && after !== slash)
      return after === closeParenthesis;
    const ahead = codeAt(this.text, end + 1);
    return isDigit(ahead) || ahead === openParenthesis || (after === space && ahead === closeParenthesis);
  }

  /** Looks at the word before a space or hyphen before `at`; `run` is the bit of how many digits are there. */
  private wordBefore(at: number, run: number): void {
    const { text } = this;
    let end = at - 1;
    const last = codeAt(text, end - 1);
    if (last === fullStop || last === comma) end--;
    let start = end;
    while (smallLetter(codeAt(text, start - 1)) !== 0) start--;
    const row = this.tables.detectors.lettersApart[Math.min(end - start, maxRun)];
    if (start === end || row === undefined) return;
    for (const detector of row.sure) if ((detector.apartMask & run) !== 0) this.try(detector, start);
  }

  private isMaskRemainder(at: number, before: number): boolean {
    if (before !== asterisk && before !== hyphen && before !== space) return false;
    return maskRemainder.test(this.text.slice(Math.max(0, at - 16), at));
  }

  private ipv6(at: number): void {
    if (at < this.colonsReadTo || !this.tables.findsIpAddress) return;
    const span = findIpv6(this.text, at);
    if (span !== undefined) this.keep('ip_address', 'ipv6', span, ipv6Score);
    this.colonsReadTo = span?.end ?? at + 1;
  }

  /** Tries the detectors of a row at `start` that have no more than `digits` digits. */
  private trySure(row: DetectorRow | undefined, start: number, digits: number): void {
    if (row === undefined) return;
    for (const detector of row.sure) if (digits >= detector.minDigits) this.try(detector, start);
  }

  private tryLabelled(row: DetectorRow | undefined, start: number, end: number, digits: number): void {
    if (row === undefined || row.labelMask === 0 || this.explainedTo > start) return;
    const topics = row.labelMask & this.topicBits(start, end);
    if (topics === 0) return;
    for (const detector of row.labelled) {
      if ((topics & detector.labelMask) !== 0 && digits >= detector.minDigits) this.try(detector, start);
    }
  }

  private try(detector: CompiledDetector, start: number): void {
    const span = detector.find(this.text, start);
    if (span === undefined) return;
    if (detector.check !== undefined && !detector.check(significant(this.text.slice(span.start, span.end))))
      return;
    const isSeries = this.isPartOfSeries(span.start, span.end);
    if (isSeries || detector.score - lowered < this.request.minScore(detector.type)) {
      this.keep(detector.type, detector.id, span, this.scoreByWords(detector, span, isSeries));
    } else if (this.keep(detector.type, detector.id, span, detector.score)) {
      (this.unread ??= new Map()).set(this.candidates.length - 1, detector);
    }
  }

  private scoreByWords(detector: CompiledDetector, { start, end }: Span, isSeries: boolean): number {
    let score = this.isAlone(start, end) ? (detector.aloneScore ?? detector.score) : detector.score;
    if ((this.topicBits(start, end) & (detector.labelMask | this.tables.otherMask)) !== 0) {
      const near = this.topicsNear(start, end);
      const label = near.find(({ topic }) => detector.labels?.includes(topic));
      if (label !== undefined) score = Math.max(score, detector.labelledScore - label.distance);
      // An order number is the number right behind `order`, and no other.
      if (near[0]?.topic === 'other' && near[0].distance === 0) score -= lowered;
    }
    return isSeries ? score - lowered : score;
  }

  private isAlone(start: number, end: number): boolean {
    const outside = this.text.length - (end - start);
    return outside === 0 || (outside < 8 && this.text.trim().length === end - start);
  }

  /** `12-` before and `-34` behind: more groups than the value has. */
  private isPartOfSeries(start: number, end: number): boolean {
    const { text } = this;
    return (
      (isJoint(codeAt(text, start - 1)) && isDigit(codeAt(text, start - 2))) ||
      (isJoint(codeAt(text, end)) && isDigit(codeAt(text, end + 1)))
    );
  }

  /** Bits of the topics of labels near: a quick look before `topicsNear`. */
  private topicBits(start: number, end: number): number {
    const bits = this.labels.topicBits(start - windowBefore, end + windowAfter);
    return start > windowBefore ? bits : bits | this.outsideLabels().topicBits(0, windowBefore);
  }

  /** Labels in what the text is called. */
  private outsideLabels(): LabelIndex {
    return (this.outside ??= new LabelIndex(this.request.label(), this.tables.lexicon));
  }

  private topicsNear(start: number, end: number): readonly NearTopic[] {
    if (start !== this.nearStart || end !== this.nearEnd) {
      const near: NearTopic[] = [];
      const distance = this.labels.addBefore(start, near, 0, true);
      // `text` and `number` say something in a sentence, and nothing as property names.
      if (start <= windowBefore) this.outsideLabels().addBefore(windowBefore, near, distance, false);
      this.labels.addAfter(end, near);
      this.near = near;
      this.nearStart = start;
      this.nearEnd = end;
    }
    return this.near;
  }

  private keep(type: string, detector: string, { start, end }: Span, score: number): boolean {
    if (score < this.request.minScore(type)) return false;
    const value = this.text.slice(start, end);
    if (this.request.isAllowed?.(type, value) ?? false) return false;
    this.candidates.push({ type, detector, start, end, score, value, encoded: undefined });
    if (score >= sufficient && end > this.explainedTo) this.explainedTo = end;
    return true;
  }
}

function significant(value: string): string {
  return significantOnly.test(value) ? value : value.replace(/[^A-Za-z0-9]+/g, '').toUpperCase();
}

/** Whether a date of ISO 8601 stands at `at`: the many of logs are no numbers that a label could be about. */
function isTimestamp(text: string, at: number): boolean {
  return (
    codeAt(text, at + 4) === hyphen && codeAt(text, at + 7) === hyphen && !isDigit(codeAt(text, at + 10))
  );
}

/** 0 to 9, a to f. */
function isHashUnit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102);
}

function isJoint(code: number): boolean {
  return code === hyphen || code === fullStop || code === slash;
}
