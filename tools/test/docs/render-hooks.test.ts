import { defineHook } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderHooks } from '../../docs/render-hooks.mjs';

const shipped = defineHook({
  name: 'order_pre_ship',
  phase: 'pre',
  pair: 'order_post_ship',
  payload: z.object({
    orderId: z.string(),
    lines: z.array(z.object({ sku: z.string(), note: z.string().nullish() })),
    tags: z.record(z.string(), z.unknown()).optional(),
    state: z.enum(['new', 'paid']),
  }),
  target: ({ orderId }) => ({ agents: orderId }),
  writable: ['lines'],
  description: 'Before an order ships.',
});
const silent = defineHook({
  name: 'order_post_ship',
  phase: 'post',
  payload: z.object({ orderId: z.string() }),
  writable: [],
  description: 'After an order shipped: for the record. No host of this project fires it yet.',
});
const other = defineHook({
  name: 'order_post_return',
  phase: 'post',
  payload: z.object({ orderId: z.string() }),
  writable: [],
});
const incoming = defineHook({ name: 'order_http', phase: 'pre', payload: z.object({}), writable: [] });
const page = renderHooks({
  contracts: [shipped, silent, other, incoming],
  hookPoints: [{ method: 'orders/ship', from: 'client', pre: 'order_pre_ship', post: 'order_done' }],
  fires: ['order_pre_ship'],
  httpFires: ['order_pre_ship', 'order_http'],
});
const called = page.slice(0, page.indexOf('## Not called'));
const notCalled = page.slice(page.indexOf('## Not called'));

describe('renderHooks', () => {
  it('says around which method and of which side the gateway calls a hook', () => {
    expect(called).toContain('| [`order_pre_ship`](#order_pre_ship) | `orders/ship` | client |');
  });

  it('has each field with its TypeScript type and whether it is writable', () => {
    expect(called).toContain(
      [
        '| `orderId` | `string` |  |',
        '| `lines` | `{ sku: string; note?: string \\| null }[]` | yes |',
        '| `tags?` | `Record<string, unknown>` |  |',
        '| `state` | `"new" \\| "paid"` |  |',
      ].join('\n'),
    );
  });

  it('names the pair, and the field that a condition compares', () => {
    expect(called).toContain(
      'Runs before the operation; its pair is [`order_post_ship`](#order_post_ship); `conditions.agents` compare `orderId`.',
    );
  });

  it('keeps hooks apart that only a gateway on HTTP calls', () => {
    expect(called).toMatch(/## Called by the gateway on HTTP[^#]*### order_http/);
    expect(notCalled).not.toContain('order_http');
  });

  it('keeps hooks that nobody calls apart, and says so once', () => {
    expect(called).not.toContain('### order_post_ship');
    expect(notCalled).toContain('| [`order_post_ship`](#order_post_ship) | After an order shipped |');
    expect(notCalled).toContain('### order_post_ship\n\nAfter an order shipped: for the record.\n\n');
    expect(page).not.toContain('No host of this project fires it yet');
  });

  it('shows fields that two of them share only once', () => {
    expect(notCalled).toMatch(/### order_post_return[^#]*Fields: those of \[`order_post_ship`\]/);
  });
});
