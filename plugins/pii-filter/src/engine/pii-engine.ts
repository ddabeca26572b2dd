import { replacementFor } from '../mask/replacement-for.js';
import { AsciiScanner, type ScanRequest } from '../scan/ascii-scanner.js';
import type { PiiFinding } from '../scan/finding.js';
import { LabelLexicon } from '../scan/label-lexicon.js';
import type { ResolvedSpan } from '../scan/resolve-overlaps.js';
import { scanText } from '../scan/scan-text.js';
import type { PiiEngineOptions } from './engine-options.js';

/** Masking can bring two remainders together; what that makes is masked too, in so many rounds at most. */
const maxRounds = 4;

/** What is known of a text besides the text. */
export interface TextContext {
  /** What the text is called in the data around it, such as a property name. Counts as a label before it. */
  readonly label?: string | (() => string);
  /** Hashes and tokens of tenants differ. Default: none. */
  readonly tenant?: string;
  /** Replaces finds of a type in another way than the engine's policy says. */
  readonly decide?: (type: string, value: string, score: number) => Decision;
}

/** What to do with one find. */
export type Decision = 'leave' | 'mask' | MaskDecision;

/** Masks a find in a stated way. */
export interface MaskDecision {
  readonly strategy: Parameters<typeof replacementFor>[2];
}

/** A text without its values. */
export interface MaskedText {
  readonly text: string;
  /** What was found in the text as it came. */
  readonly findings: readonly PiiFinding[];
}

/** Finds and masks personal data in texts. Knows nothing of hooks and plugins. */
export class PiiEngine {
  private readonly options: PiiEngineOptions;
  private readonly scanner: AsciiScanner;

  constructor(options: PiiEngineOptions) {
    this.options = options;
    const detectors = options.packs.flatMap((pack) =>
      pack.detectors.filter(({ type }) => options.isWanted(type)),
    );
    this.scanner = new AsciiScanner(
      detectors,
      new LabelLexicon(options.packs.flatMap(({ labels }) => labels)),
      options.isWanted,
    );
  }

  /** Values in the text, sorted and disjoint. */
  scan(text: string, context: TextContext = {}): readonly PiiFinding[] {
    return this.spans(text, context).map(toFinding);
  }

  /** The text with its values masked, and what they were. Masking the result again changes nothing. */
  mask(text: string, context: TextContext = {}): MaskedText {
    const first = this.spans(text, context);
    if (first.length === 0) return { text, findings: [] };
    let masked = this.replace(text, first, context, false);
    for (let round = 1; round < maxRounds && masked !== text; round++) {
      const left = this.spans(masked, context);
      if (left.length === 0) break;
      masked = this.replace(masked, left, context, round > 1);
    }
    return { text: masked, findings: first.map(toFinding) };
  }

  private spans(text: string, { label = '' }: TextContext): ResolvedSpan[] {
    const request: ScanRequest = {
      label: typeof label === 'string' ? () => label : label,
      minScore: (type) => this.options.policyOf(type).minScore,
    };
    return scanText(text, this.scanner, request).filter(
      ({ type, value }) => !this.options.isAllowed(type, value),
    );
  }

  private replace(
    text: string,
    spans: readonly ResolvedSpan[],
    context: TextContext,
    always: boolean,
  ): string {
    const pieces: string[] = [];
    let readTo = 0;
    for (const span of spans) {
      const replacement = this.replacement(span, context, always);
      if (replacement === undefined) continue;
      pieces.push(text.slice(readTo, span.start), replacement);
      readTo = span.end;
    }
    return pieces.length === 0 ? text : pieces.join('') + text.slice(readTo);
  }

  private replacement(span: ResolvedSpan, context: TextContext, always: boolean): string | undefined {
    const { redactionText, ssnStyle, key } = this.options;
    const decision = context.decide?.(span.type, span.value, span.score) ?? 'mask';
    if (decision === 'leave') return undefined;
    const { strategy } = decision === 'mask' ? this.options.policyOf(span.type) : decision;
    if (strategy !== 'remove' && (span.isStretched || always)) return redactionText;
    return replacementFor(span.type, span.value, strategy, {
      redactionText,
      ssnStyle,
      key,
      tenant: context.tenant ?? '',
    });
  }
}

function toFinding({ type, start, end, score, detector }: ResolvedSpan): PiiFinding {
  return { type, start, end, score, detector };
}
