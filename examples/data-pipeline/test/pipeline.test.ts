import type { PluginManager } from '@mcpplugins/framework-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardRecords, type StreamRecord } from '../src/guard-records.js';
import { startGuard } from '../src/start-guard.js';

let manager: PluginManager;
beforeAll(async () => {
  manager = await startGuard();
});
afterAll(() => manager.shutdown());

async function* rows(read: number[] = []): AsyncGenerator<StreamRecord> {
  for (let id = 1; id <= 3; id++) {
    read.push(id);
    yield id === 2 ? { id } : { id, email: `Person${id}@example.com` };
  }
}

describe('the pipeline', () => {
  it('loads records as plugins leave them, in order, and sets the refused ones aside', async () => {
    const refused: (readonly [StreamRecord, string | undefined])[] = [];
    const options = {
      manager,
      source: 'customers/eu',
      onRefused: (record: StreamRecord, violation?: { readonly code: string }) =>
        void refused.push([record, violation?.code]),
    };
    const loaded: StreamRecord[] = [];
    for await (const record of guardRecords(rows(), options)) loaded.push(record);
    expect(loaded).toEqual([
      { id: 1, email: expect.stringMatching(/^[0-9a-f]{16}$/) },
      { id: 3, email: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
    expect(refused).toEqual([[{ id: 2 }, 'FIELDS_MISSING']]);
  });

  it('leaves streams alone that no condition names', async () => {
    const options = { manager, source: 'suppliers', onRefused: () => {} };
    const { value } = await guardRecords(rows(), options).next();
    expect(value).toEqual({ id: 1, email: 'Person1@example.com' });
  });

  it('reads no record before it is asked for', async () => {
    const read: number[] = [];
    const stream = guardRecords(rows(read), { manager, source: 'suppliers', onRefused: () => {} });
    await stream.next();
    expect(read).toEqual([1]);
    await stream.return(undefined);
  });

  it('ends when its signal fires', async () => {
    const stop = new AbortController();
    const refused: StreamRecord[] = [];
    const stream = guardRecords(rows(), {
      manager,
      source: 'suppliers',
      signal: stop.signal,
      onRefused: (record) => void refused.push(record),
    });
    await stream.next();
    stop.abort();
    await expect(stream.next()).rejects.toBe(stop.signal.reason);
    expect(refused).toEqual([]);
  });
});
