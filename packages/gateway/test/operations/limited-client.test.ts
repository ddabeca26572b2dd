import { createMemoryTransports, type ReceivedMessage } from '@mcpplugins/mcp-transport';
import { describe, expect, it } from 'vitest';
import { CallLimiter, type CallLimits } from '../../src/operations/call-limiter.js';
import { LimitedClient, type UnbegunCall } from '../../src/operations/limited-client.js';
import { Peer } from '../support/peer.js';

async function start(limits: CallLimits) {
  const [end, relayEnd] = createMemoryTransports();
  const limiter = new CallLimiter(limits);
  const unbegun: UnbegunCall[] = [];
  const limited = new LimitedClient({ client: relayEnd, limiter, onUnbegun: (end) => unbegun.push(end) });
  const arrived: string[] = [];
  limited.onraw = ({ message }: ReceivedMessage) => {
    const id = 'id' in message ? String(message.id) : '-';
    arrived.push(`${'method' in message ? message.method : 'answer'} ${id}`);
  };
  const client = new Peer(end);
  await Promise.all([end.start(), limited.start()]);
  const call = (id: number, method = 'tools/call'): void => client.send({ jsonrpc: '2.0', id, method });
  const answer = (id: number): boolean =>
    limited.sendText(JSON.stringify({ jsonrpc: '2.0', id, result: {} }), { answers: id });
  return { client, limited, limiter, arrived, unbegun, call, answer };
}

describe('LimitedClient', () => {
  it('lets requests wait for the answers of others, and nothing else', async () => {
    const { client, arrived, call, answer } = await start({ maxConcurrentCalls: 1 });
    call(1);
    call(2);
    call(3, 'ping');
    client.send({ jsonrpc: '2.0', id: 0, result: { action: 'accept' } });
    client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    await client.rest();
    expect(arrived).toEqual(['tools/call 1', 'ping 3', 'answer 0', 'notifications/initialized -']);
    answer(3);
    expect(arrived).toHaveLength(4);
    answer(1);
    expect(arrived.slice(4)).toEqual(['tools/call 2']);
  });

  it('says when to come back to those who are turned away', async () => {
    const { client, unbegun, call } = await start({ maxConcurrentCalls: 1, maxWaitingCalls: 0 });
    call(1);
    call(2);
    expect(await client.nextMessage()).toEqual({
      jsonrpc: '2.0',
      id: 2,
      error: {
        code: -32000,
        message: 'Too many requests in flight; try again later',
        data: { code: 'OVERLOADED', retryAfterMs: 1000 },
      },
    });
    expect(unbegun).toMatchObject([{ id: 2, method: 'tools/call', outcome: 'overloaded' }]);
  });

  it('forgets a waiting request that is cancelled, and passes every other cancellation on', async () => {
    const { client, arrived, unbegun, limiter, call, answer } = await start({ maxConcurrentCalls: 1 });
    const cancel = (requestId: unknown): void =>
      client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
    call(1);
    call(2);
    cancel(2);
    cancel(1);
    cancel({ no: 'id' });
    await client.rest();
    expect(arrived).toEqual(['tools/call 1', 'notifications/cancelled -', 'notifications/cancelled -']);
    expect(unbegun).toMatchObject([{ id: 2, outcome: 'cancelled' }]);
    answer(1);
    expect([limiter.running, limiter.waiting, arrived.length]).toEqual([0, 0, 3]);
  });

  it('frees its places when a request gets no answer, or the client goes', async () => {
    const { client, limited, limiter, call } = await start({ maxConcurrentCalls: 2 });
    let closed = 0;
    limited.onclose = () => void closed++;
    for (const id of [1, 2, 3, 4]) call(id);
    await client.rest();
    limited.release(1);
    expect([limiter.running, limiter.waiting]).toEqual([2, 1]);
    await limited.close();
    expect([limiter.running, limiter.waiting, closed]).toEqual([0, 0, 1]);
  });
});
