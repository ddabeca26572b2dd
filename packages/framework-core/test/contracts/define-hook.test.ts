import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineHook, verbatim } from '../../src/index.js';

function define(payload: z.ZodObject, writable: readonly string[] = [], name = 'order_pre_ship') {
  return defineHook({ name, phase: 'pre', payload, writable });
}

describe('defineHook', () => {
  it('makes a frozen contract', () => {
    const contract = define(z.object({ orderId: z.string() }), ['orderId']);
    expect(contract).toMatchObject({
      name: 'order_pre_ship',
      phase: 'pre',
      writable: ['orderId'],
      description: '',
    });
    expect(Object.isFrozen(contract)).toBe(true);
    expect(Object.isFrozen(contract.writable)).toBe(true);
  });

  it.each(['OrderPreShip', 'order-pre-ship', '_order', 'order_', 'order__pre', '', '1_order'])(
    'refuses the name "%s"',
    (name) => {
      expect(() => define(z.object({}), [], name)).toThrow(
        expect.objectContaining({ code: 'CONTRACT_INVALID' }),
      );
    },
  );

  it('refuses a writable field that the payload does not have', () => {
    expect(() => define(z.object({ orderId: z.string() }), ['orderid'])).toThrow(
      /"orderid" is not in the payload/,
    );
  });

  const allowed: Record<string, z.ZodType> = {
    'text with checks': z.string().min(1).max(5).regex(/a/),
    'an email': z.email(),
    'a whole number': z.int().positive(),
    'a record': z.record(z.string(), z.unknown()),
    'an array of objects': z.array(z.object({ agentId: z.string() })),
    'an optional nullable literal': z.literal('a').nullable().optional(),
    'a discriminated union': z.discriminatedUnion('type', [z.object({ type: z.literal('a') })]),
    'a verbatim object with keys of its own': verbatim(z.object({ is_error: z.boolean() })),
    'a verbatim union': verbatim(z.union([z.string(), z.number()])),
    'an object that takes more keys': z.looseObject({ a: z.string() }),
  };
  it.each(Object.entries(allowed))('takes %s', (_name, schema) => {
    expect(define(z.object({ field: schema })).payload.shape['field']).toBe(schema);
  });

  it('takes a schema that contains itself', () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node).optional();
      },
    });
    expect(define(node).payload).toBe(node);
  });

  const refused: Record<string, z.ZodType> = {
    'a transform': z.string().transform((text) => text.length),
    'a default': z.string().default('x'),
    'a prefault': z.string().prefault('x'),
    'a catch': z.string().catch('x'),
    'a coercion': z.coerce.number(),
    'a pipe': z.string().pipe(z.string()),
    'a trim': z.string().trim(),
    'a change of case': z.string().toLowerCase(),
    'a normalised URL': z.url({ normalize: true }),
    'a date': z.date(),
    'a bigint': z.bigint(),
    'a map': z.map(z.string(), z.string()),
    'a set': z.set(z.string()),
    'a tuple': z.tuple([z.string()]),
    'an intersection': z.intersection(z.object({}), z.object({})),
    'a lazy schema': z.lazy(() => z.string()),
    'a custom schema': z.custom<string>(),
    'a union without discriminator': z.union([z.string(), z.number()]),
    'a key that is not camelCase': z.object({ agent_id: z.string() }),
    'a key that starts with _': z.object({ _meta: z.string() }),
    'a transform deep inside': z.array(
      z.object({ items: z.record(z.string(), z.string().trim()).optional() }),
    ),
    'a transform of the keys of a record': z.record(z.string().trim(), z.string()),
    'a transform of additional keys': z.object({}).catchall(z.string().trim()),
    'a transform inside verbatim': verbatim(z.object({ a: z.string().trim() })),
  };
  it.each(Object.entries(refused))('refuses %s', (_name, schema) => {
    expect(() => define(z.object({ field: schema }))).toThrow(
      expect.objectContaining({ code: 'CONTRACT_INVALID', hook: 'order_pre_ship' }),
    );
  });

  it('says where in the payload', () => {
    expect(() => define(z.object({ list: z.array(z.object({ at: z.date() })) }))).toThrow(
      /payload\.list\[\]\.at/,
    );
  });
});

describe('verbatim', () => {
  it('leaves the schema that it was given alone', () => {
    const schema = z.object({ is_error: z.boolean() });
    verbatim(schema);
    expect(() => define(z.object({ field: schema }))).toThrow(/is_error/);
  });

  it('keeps the checks', () => {
    expect(verbatim(z.object({ is_error: z.boolean() })).safeParse({ is_error: 'no' }).success).toBe(false);
  });
});
