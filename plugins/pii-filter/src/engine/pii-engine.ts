import { encodeRun } from '../normalise/encoded-runs.js';
import type { MaskStrategy } from '../mask/strategies.js';
import { type MaskOptions, replacementFor } from '../mask/replacement-for.js';
import { AsciiScanner, type ScanRequest } from '../scan/ascii-scanner.js';
import type { Candidate, EncodedFinds } from '../scan/candidate.js';
import type { PiiFinding } from '../scan/finding.js';
import { resolveOverlaps } from '../scan/resolve-overlaps.js';
import { scanNear, scanText } from '../scan/scan-text.js';
import { type Change, inSource, isNew, type Replaced } from './replaced.js';
import type { PiiEngineOptions, TypePolicy } from './engine-options.js';

/** A mask can leave a value beside it that was hidden before; that is masked too, in so many rounds at most. */
const maxRounds = 4;

/** What is known of a text besides the text. */
export interface TextContext {
  /** What the text is called in the data around it, such as a property name. Counts as a label before it. */
  readonly label?: string | (() => string);
  /** Hashes and tokens of tenants differ. Default: none. */
  readonly tenant?: string;
  /** Replaces finds of a type in another way than the engine's policy says. */
  readonly decide?: (type: string, score: number) => Decision;
}

/** What to do with one find. */
export type Decision = 'leave' | 'mask' | MaskDecision;

/** Masks a find in a stated way. */
export interface MaskDecision {
  readonly strategy: MaskStrategy;
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
  private readonly policies = new Map<string, TypePolicy>();
  private readonly patternStrategies = new Map<string, MaskStrategy>();
  private readonly minScore = (type: string): number => this.policyOf(type).minScore;

  constructor(options: PiiEngineOptions) {
    this.options = options;
    for (const { id, strategy } of options.patterns)
      if (strategy !== undefined) this.patternStrategies.set(id, strategy);
    this.scanner = new AsciiScanner(
      options.packs.flatMap(({ detectors }) => detectors),
      options.packs.flatMap(({ labels }) => labels),
      options.patterns,
      options.isWanted,
    );
  }

  /** Whether a strategy of it makes hashes or tokens. */
  get usesKey(): boolean {
    return this.options.usesKey;
  }

  /** Values in the text, sorted and disjoint: exactly what `mask` masks. */
  scan(text: string, context: TextContext = {}): readonly PiiFinding[] {
    return this.mask(text, context).findings;
  }

  /** The text with its values masked, and what they were. Masking the result again changes nothing. */
  mask(text: string, context: TextContext = {}): MaskedText {
    let spans = this.find(text, context);
    if (spans.length === 0) return { text, findings: [] };
    let masked = this.replace(text, spans, context);
    for (let round = 1; round < maxRounds && masked.changes.length > 0; round++) {
      const left = scanNear(masked.text, masked.changes, this.scanner, this.request(context));
      const fresh = left.map((span) => inSource(span, masked)).filter((span) => isNew(span, spans));
      if (fresh.length === 0) break;
      spans = resolveOverlaps([...spans, ...fresh]);
      masked = this.replace(text, spans, context);
    }
    return { text: masked.text, findings: findingsOf(spans) };
  }

  private find(text: string, context: TextContext): Candidate[] {
    return scanText(text, this.scanner, this.request(context));
  }

  private request({ label = '' }: TextContext): ScanRequest {
    return {
      label: typeof label === 'string' ? () => label : label,
      minScore: this.minScore,
      isAllowed: this.options.isAllowed,
    };
  }

  private policyOf(type: string): TypePolicy {
    let policy = this.policies.get(type);
    if (policy === undefined) this.policies.set(type, (policy = this.options.policyOf(type)));
    return policy;
  }

  private replace(text: string, spans: readonly Candidate[], context: TextContext): Replaced {
    const { redactionText, ssnStyle, key } = this.options;
    const options: MaskOptions = { redactionText, ssnStyle, key, tenant: context.tenant ?? '' };
    // Joined at the end: a string made by adding is slow to read until it is copied.
    const pieces: string[] = [];
    const changes: Change[] = [];
    let readTo = 0;
    let length = 0;
    for (const span of spans) {
      const replacement =
        span.encoded === undefined
          ? this.replacement(span, context, options)
          : this.encodedReplacement(span.encoded, text, context);
      if (replacement === undefined) continue;
      pieces.push(text.slice(readTo, span.start), replacement);
      length += span.start - readTo;
      changes.push({ start: length, end: length + replacement.length, source: span });
      length += replacement.length;
      readTo = span.end;
    }
    pieces.push(text.slice(readTo));
    return { text: pieces.join(''), changes };
  }

  private replacement(
    { type, detector, score, value }: Candidate,
    context: TextContext,
    options: MaskOptions,
  ): string | undefined {
    const decision = context.decide?.(type, score) ?? 'mask';
    if (decision === 'leave') return undefined;
    const strategy =
      decision === 'mask'
        ? (this.patternStrategies.get(detector) ?? this.policyOf(type).strategy)
        : decision.strategy;
    if (strategy !== 'remove' && value === undefined) return options.redactionText;
    return replacementFor(type, value ?? '', strategy, options);
  }

  /** The run with what it encodes masked, encoded again. */
  private encodedReplacement({ run }: EncodedFinds, text: string, context: TextContext): string | undefined {
    const masked = this.mask(run.text, context).text;
    return masked === run.text ? undefined : encodeRun(masked, run.encoding, text.slice(run.start, run.end));
  }
}

function findingsOf(spans: readonly Candidate[]): readonly PiiFinding[] {
  const findings: PiiFinding[] = [];
  for (const { type, start, end, score, detector, encoded } of spans) {
    if (encoded === undefined) findings.push({ type, start, end, score, detector });
    else {
      const { encoding } = encoded.run;
      for (const finding of findingsOf(encoded.spans)) findings.push({ ...finding, start, end, encoding });
    }
  }
  return findings;
}
