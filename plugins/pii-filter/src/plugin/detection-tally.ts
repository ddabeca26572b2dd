import type { PiiAction } from '../settings/schema-parts.js';

/** Most types that are listed in metadata. */
const maxListedTypes = 32;

/** Counts of finds in one hook call. Never holds a value. */
export class DetectionTally {
  private readonly byAction: Record<PiiAction, number> = { mask: 0, block: 0, report: 0, allow: 0 };
  private readonly types = new Map<string, number>();
  private blockedTypes = new Set<string>();
  /** First place that is refused. */
  blockedField: string | undefined;

  add(type: string, action: PiiAction, field: () => string): void {
    this.byAction[action]++;
    if (action === 'allow') return;
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    if (action === 'block') {
      this.blockedField ??= field();
      this.blockedTypes.add(type);
    }
  }

  get masked(): number {
    return this.byAction.mask;
  }

  get blocked(): number {
    return this.byAction.block;
  }

  /** Finds that count: all but those that are allowed. */
  get total(): number {
    return this.byAction.mask + this.byAction.block + this.byAction.report;
  }

  /** Types that make the operation refused, sorted. */
  get refusedTypes(): readonly string[] {
    return [...this.blockedTypes].toSorted();
  }

  /** Types found, sorted. */
  get detectedTypes(): readonly string[] {
    return [...this.types.keys()].toSorted().slice(0, maxListedTypes);
  }
}
