import { FrameworkError } from '@mcpplugins/framework-core';
import type { ContentPlace, ContentVisitor } from '@mcpplugins/plugin-kit';
import type { MaskedText, PiiEngine, TextContext } from '../engine/pii-engine.js';
import type { FieldPolicy, PlaceDecision, PlacePolicy } from '../settings/field-policy.js';
import type { PiiFilterSettings } from '../settings/settings.js';
import type { DetectionTally } from './detection-tally.js';

/** What a visitor needs of the plugin. */
export interface MaskingParts {
  readonly settings: PiiFilterSettings;
  readonly engine: PiiEngine;
  readonly fieldPolicy: FieldPolicy;
}

const reportOnly: PlaceDecision = Object.freeze({ action: 'report', strategy: undefined });
/** Property names that say nothing of a value: those of content blocks. */
const namelessRoles = new Set(['text', 'uri', 'mediaType']);

/** Masks what it visits as the settings say, and counts. One object a hook call. */
export class MaskingVisitor implements ContentVisitor {
  readonly number: ContentVisitor['number'];
  readonly key: ContentVisitor['key'];
  private readonly parts: MaskingParts;
  private readonly hook: string;
  private readonly target: string;
  private readonly tenant: string;
  private readonly tally: DetectionTally;

  constructor(parts: MaskingParts, hook: string, target: string, tenant: string, tally: DetectionTally) {
    this.parts = parts;
    this.hook = hook;
    this.target = target;
    this.tenant = tenant;
    this.tally = tally;
    if (parts.settings.scan_numbers)
      this.number = (value, place, literal) => this.maskNumber(value, place, literal);
    if (parts.settings.scan_keys) this.key = (key, place) => this.mask(key, place, '').text;
  }

  text(text: string, place: ContentPlace): string {
    return this.mask(text, place, namelessRoles.has(place.role) ? '' : () => labelOf(place)).text;
  }

  private maskNumber(value: number, place: ContentPlace, literal: string): number | string | null {
    const { text } = this.mask(literal, place, () => labelOf(place));
    if (text === literal) return value;
    switch (this.parts.settings.number_replacement) {
      case 'zero':
        return 0;
      case 'null':
        return null;
      case 'text':
        return text;
    }
  }

  private mask(text: string, place: ContentPlace, label: string | (() => string)): MaskedText {
    const { max_content_length, max_text_bytes } = this.parts.settings;
    const limit = max_content_length ?? max_text_bytes;
    if (text.length > limit) {
      throw new FrameworkError(
        'CONTENT_TOO_LARGE',
        `a text of ${text.length} characters is longer than ${limit}`,
      );
    }
    let policy: PlacePolicy | undefined;
    const decide = (type: string): PlaceDecision => {
      policy ??= this.parts.fieldPolicy.at(this.hook, this.target, () => place.segments);
      const decision = policy(type);
      return decision.action === 'mask' && !place.writable ? reportOnly : decision;
    };
    const context: TextContext = {
      label,
      tenant: this.tenant,
      decide: (type) => {
        const { action, strategy } = decide(type);
        if (action !== 'mask') return 'leave';
        return strategy === undefined ? 'mask' : { strategy };
      },
    };
    const masked = this.parts.engine.mask(text, context);
    for (const { type } of masked.findings)
      this.tally.add(type, decide(type).action, () => this.fieldOf(place));
    return masked;
  }

  /** Where a value was found, for people: names below the payload's field, themselves masked. */
  private fieldOf(place: ContentPlace): string {
    return this.parts.engine.mask(place.segments.slice(1).join('.')).text;
  }
}

/** The names above a value, outermost first. */
function labelOf(place: ContentPlace): string {
  return place.segments
    .filter((segment) => typeof segment === 'string')
    .slice(-3)
    .join(' : ');
}
