/** How many messages that nobody asked for a peer may send: a burst, and so many a second for good. */
const burst = 2000;
const perSecond = 200;

/** Counts what a peer sends without being asked. */
export class MessageRate {
  private allowance = burst;
  private countedAt = performance.now();

  /** Whether one more is within bounds. */
  allows(): boolean {
    const now = performance.now();
    this.allowance = Math.min(burst, this.allowance + ((now - this.countedAt) / 1000) * perSecond);
    this.countedAt = now;
    if (this.allowance < 1) return false;
    this.allowance--;
    return true;
  }
}
