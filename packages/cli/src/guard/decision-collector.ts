import type { DecisionRecord, Observer } from '@mcpplugins/framework-core';

/** Keeps what plugins decide, including those that run after the outcome. */
export class DecisionCollector implements Observer {
  private readonly collected: DecisionRecord[] = [];

  /** In the order in which they were reported: one hook call after the other. */
  get records(): readonly DecisionRecord[] {
    return this.collected;
  }

  onDecisions(records: readonly DecisionRecord[]): void {
    this.collected.push(...records);
  }
}
