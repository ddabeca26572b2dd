import type { ContentPlace, ContentVisitor } from '@mcpplugins/plugin-kit';
import type { DenyList, DenyRule } from './matcher/deny-list.js';

/** Most places that are listed. */
const maxPlaces = 20;

/** Looks at every string of one payload and notes which rules match where. */
export class DenyVisitor implements ContentVisitor {
  readonly rules = new Set<DenyRule>();
  /** JSON pointers of the strings that are refused; names in them that are denied themselves are hidden. */
  readonly blockedPlaces: string[] = [];
  isBlocked = false;
  private readonly list: DenyList;
  private readonly redactionText: string;

  constructor(list: DenyList, redactionText: string) {
    this.list = list;
    this.redactionText = redactionText;
  }

  text(text: string, place: ContentPlace): string {
    // `image/png` holds no word of anybody.
    if (place.role === 'mediaType') return text;
    return this.visit(text, place);
  }

  key(key: string, place: ContentPlace): string {
    return this.visit(key, place);
  }

  private visit(text: string, place: ContentPlace): string {
    const rules = this.list.rulesIn(text);
    if (rules.size === 0) return text;
    let redact = false;
    let block = false;
    for (const rule of rules) {
      this.rules.add(rule);
      if (rule.action === 'redact') redact = true;
      // What cannot be rewritten cannot be redacted either.
      if (rule.action === 'block' || (rule.action === 'redact' && !place.writable)) block = true;
    }
    if (block) {
      this.isBlocked = true;
      if (this.blockedPlaces.length < maxPlaces) this.blockedPlaces.push(this.safePointer(place));
      return text;
    }
    return redact ? this.redact(text) : text;
  }

  private redact(text: string): string {
    const pieces: string[] = [];
    let readTo = 0;
    for (const { start, end } of this.list.redactionsIn(text)) {
      if (start >= readTo) pieces.push(text.slice(readTo, start), this.redactionText);
      readTo = Math.max(readTo, end);
    }
    return pieces.join('') + text.slice(readTo);
  }

  private safePointer(place: ContentPlace): string {
    return place.segments
      .map((segment) => (typeof segment === 'string' && this.list.rulesIn(segment).size > 0 ? '*' : segment))
      .map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }
}
