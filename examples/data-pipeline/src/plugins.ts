import { createHash } from 'node:crypto';
import { block, definePlugin, modify, on } from '@mcpplugins/framework-core';
import { z } from 'zod';
import { recordPreLoad } from './record-pre-load.js';

/** Refuses records without the fields that the target needs. */
export const RequiredFields = definePlugin({
  name: 'required-fields',
  settings: z.object({ fields: z.array(z.string()).min(1) }),
  contracts: [recordPreLoad],
  hooks: ({ settings }) =>
    on(recordPreLoad, ({ record }) => {
      const missing = settings.fields.filter((field) => record[field] === undefined);
      if (missing.length === 0) return undefined;
      return block({ code: 'FIELDS_MISSING', reason: 'The record is incomplete', details: { missing } });
    }),
});

/** Puts a hash in the place of an e-mail address: records can still be joined by it. */
export const HashedEmail = definePlugin({
  name: 'hashed-email',
  settings: z.object({ digits: z.number().int().min(16).max(64).default(16) }),
  contracts: [recordPreLoad],
  hooks: ({ settings }) =>
    on(recordPreLoad, ({ record, ...payload }) => {
      const { email } = record;
      if (typeof email !== 'string') return undefined;
      const hash = createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, settings.digits);
      return modify({ ...payload, record: { ...record, email: hash } });
    }),
});
