import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Deadline, Ticker } from '../../src/execution/ticker.js';
import { pass, useFakeTime } from '../support/time.js';

class Probe extends Deadline {
  overAt: number | undefined = undefined;
  private readonly ticker: Ticker;

  constructor(ticker: Ticker, ms: number) {
    super();
    this.ticker = ticker;
    this.arm(ms);
    ticker.add(this);
  }

  override onDeadline(): void {
    this.overAt = performance.now();
    this.ticker.remove(this);
  }
}

useFakeTime();

describe('Ticker', () => {
  it('is never early and at most two ticks late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 8 }),
        async (waits) => {
          const ticker = new Ticker();
          const probes: [Probe, number][] = [];
          for (const [pause, ms] of waits) {
            await pass(pause);
            probes.push([new Probe(ticker, ms), performance.now() + ms]);
          }
          await pass(1000);
          for (const [{ overAt = 0 }, due] of probes) {
            expect(overAt).toBeGreaterThanOrEqual(due - 1);
            expect(overAt).toBeLessThanOrEqual(due + 41);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('runs one timer for all, and none when nobody waits', async () => {
    const ticker = new Ticker();
    expect(ticker.isRunning).toBe(false);
    const probes = Array.from({ length: 100 }, () => new Probe(ticker, 1000));
    expect(vi.getTimerCount()).toBe(1);
    for (const probe of probes) ticker.remove(probe);
    await pass(50);
    expect(ticker.isRunning).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lists who waits, and takes a second removal', () => {
    const ticker = new Ticker();
    const [a, b, c] = [new Probe(ticker, 10), new Probe(ticker, 10), new Probe(ticker, 10)];
    ticker.remove(b);
    ticker.remove(b);
    expect(ticker.nodes()).toEqual([c, a]);
    ticker.remove(a);
    ticker.remove(c);
    expect(ticker.nodes()).toEqual([]);
  });

  it('survives deadlines that take others away', async () => {
    const ticker = new Ticker();
    const probes: Probe[] = [];
    for (let count = 0; count < 3; count++) {
      const probe = new Probe(ticker, 10);
      probe.onDeadline = () => {
        probe.overAt = 1;
        for (const other of probes) ticker.remove(other);
      };
      probes.push(probe);
    }
    await pass(100);
    expect(probes.filter(({ overAt }) => overAt !== undefined)).toHaveLength(1);
  });
});
