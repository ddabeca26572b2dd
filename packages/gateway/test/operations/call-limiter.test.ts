import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallLimiter, type Turn } from '../../src/operations/call-limiter.js';

const ada = { name: 'ada' };
const eve = { name: 'eve' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createTurns(events: string[]): (session: object, name: string) => Turn {
  return (session, name) => ({
    session,
    begin: () => void events.push(`${name} begins`),
    giveUp: () => void events.push(`${name} gives up`),
  });
}

describe('CallLimiter', () => {
  it('lets requests wait in order, and begins them as others end', () => {
    const events: string[] = [];
    const turn = createTurns(events);
    const limiter = new CallLimiter({ maxConcurrentCalls: 2 });
    const turns = ['1', '2', '3', '4'].map((name) => turn(ada, name));
    expect(turns.map((one) => limiter.enter(one))).toEqual([true, true, true, true]);
    expect([limiter.running, limiter.waiting, events]).toEqual([2, 2, ['1 begins', '2 begins']]);
    const [first, second, third, fourth] = turns;
    for (const one of [second, first]) if (one !== undefined) limiter.leave(one);
    expect(events.slice(2)).toEqual(['3 begins', '4 begins']);
    for (const one of [third, fourth]) if (one !== undefined) limiter.leave(one);
    expect([limiter.running, limiter.waiting]).toEqual([0, 0]);
  });

  it('keeps one session from taking every place', () => {
    const events: string[] = [];
    const turn = createTurns(events);
    const limiter = new CallLimiter({ maxConcurrentCalls: 3, maxConcurrentCallsPerSession: 1 });
    const first = turn(ada, 'ada 1');
    for (const one of [first, turn(ada, 'ada 2'), turn(eve, 'eve 1')]) limiter.enter(one);
    expect(events).toEqual(['ada 1 begins', 'eve 1 begins']);
    limiter.leave(first);
    expect(events.slice(2)).toEqual(['ada 2 begins']);
  });

  it('turns away what would make the queue too long, and what has waited for too long', () => {
    const events: string[] = [];
    const turn = createTurns(events);
    const limiter = new CallLimiter({ maxConcurrentCalls: 1, maxWaitingCalls: 1, maxWaitMs: 100 });
    const [first, second] = [turn(ada, '1'), turn(ada, '2')];
    limiter.enter(first);
    limiter.enter(second);
    expect(limiter.enter(turn(ada, '3'))).toBe(false);
    vi.advanceTimersByTime(100);
    expect([limiter.waiting, events]).toEqual([0, ['1 begins', '2 gives up']]);
    limiter.leave(second);
    expect(limiter.running).toBe(1);
    limiter.leave(first);
    limiter.leave(first);
    expect(limiter.running).toBe(0);
  });

  it('forgets a request that left while it waited', () => {
    const events: string[] = [];
    const turn = createTurns(events);
    const limiter = new CallLimiter({ maxConcurrentCalls: 1, maxWaitMs: 100 });
    const [first, second] = [turn(ada, '1'), turn(ada, '2')];
    limiter.enter(first);
    limiter.enter(second);
    expect(limiter.isWaiting(second)).toBe(true);
    limiter.leave(second);
    limiter.leave(first);
    vi.advanceTimersByTime(200);
    expect([events, limiter.running]).toEqual([['1 begins'], 0]);
  });

  it('takes 1000 requests that end as they begin', () => {
    let begun = 0;
    const limiter = new CallLimiter({ maxConcurrentCalls: 1 });
    const first = { session: ada, begin: () => {}, giveUp: () => {} };
    limiter.enter(first);
    for (let index = 0; index < 1000; index++) {
      const turn: Turn = {
        session: ada,
        begin: () => {
          begun++;
          limiter.leave(turn);
        },
        giveUp: () => {},
      };
      limiter.enter(turn);
    }
    limiter.leave(first);
    expect([begun, limiter.running, limiter.waiting]).toEqual([1000, 0, 0]);
  });
});
