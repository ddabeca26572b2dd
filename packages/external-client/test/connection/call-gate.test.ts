import { describe, expect, it } from 'vitest';
import { CallGate } from '../../src/connection/call-gate.js';

const options = { peer: 'p', maxConcurrentCalls: 2, maxQueuedCalls: 2 };

describe('CallGate', () => {
  it('lets as many through as may, at once', () => {
    const gate = new CallGate(options);
    expect([gate.enter(undefined), gate.enter(undefined)]).toEqual([undefined, undefined]);
  });

  it('lets the next in when one leaves, in order, and refuses what is too many', async () => {
    const gate = new CallGate(options);
    void gate.enter(undefined);
    void gate.enter(undefined);
    const order: number[] = [];
    const third = gate.enter(undefined)?.then(() => order.push(3));
    const fourth = gate.enter(undefined)?.then(() => order.push(4));
    await expect(gate.enter(undefined)).rejects.toMatchObject({ code: 'PEER_BUSY' });
    gate.leave();
    await third;
    gate.leave();
    await fourth;
    expect(order).toEqual([3, 4]);
  });

  it('forgets a call that is given up while it waits', async () => {
    const gate = new CallGate({ ...options, maxConcurrentCalls: 1 });
    void gate.enter(undefined);
    const abort = new AbortController();
    const waiting = gate.enter(abort.signal);
    abort.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
    gate.leave();
    expect(gate.enter(undefined)).toBeUndefined();
  });

  it('lets one through at a time on probation', async () => {
    const gate = new CallGate(options);
    gate.setProbation(true);
    expect(gate.enter(undefined)).toBeUndefined();
    const second = gate.enter(undefined);
    gate.setProbation(false);
    await second;
  });
});
