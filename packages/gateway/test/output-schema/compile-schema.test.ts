import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/output-schema/compile-schema.js';

const person = {
  type: 'object',
  properties: { mail: { type: 'string', format: 'email' }, age: { type: 'integer' } },
  required: ['mail'],
};

describe('compileSchema', () => {
  it('says what does not fit', () => {
    const check = compileSchema(person);
    expect(check({ mail: 'ann@corp-mail.com' })).toBeUndefined();
    expect(check({ mail: 'ann@corp-mail.com', age: 'x' })).toBe('structuredContent/age must be integer');
    expect(check({ mail: '[REDACTED]' })).toContain('structuredContent/mail must match format "email"');
  });

  it.each([
    undefined,
    'https://json-schema.org/draft/2020-12/schema',
    'http://json-schema.org/draft-07/schema#',
  ])('reads the dialect %s, and the same schema twice', ($schema) => {
    const schema = {
      ...person,
      ...($schema !== undefined && { $schema }),
      $id: 'https://example.com/person',
    };
    expect(compileSchema(schema)({})).toContain("required property 'mail'");
    expect(compileSchema(schema)({ mail: 'a@b.com' })).toBeUndefined();
  });

  it('reads prefixItems of 2020-12 and items of draft-07 as each means them', () => {
    const newer = { prefixItems: [{ type: 'string' }], items: { type: 'number' } };
    expect(compileSchema(newer)(['a', 1])).toBeUndefined();
    expect(compileSchema(newer)(['a', 'b'])).toContain('must be number');
    const older = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      items: [{ type: 'string' }],
      additionalItems: false,
    };
    expect(compileSchema(older)(['a', 'b'])).toContain('must NOT have more than 1 items');
  });

  it('matches patterns in linear time', () => {
    const check = compileSchema({ type: 'string', pattern: String.raw`^(\d+)+$` });
    expect(check('7'.repeat(50_000))).toBeUndefined();
    expect(check(`${'7'.repeat(50_000)}!`)).toContain('must match pattern');
  });

  it.each([
    ['is too large', { enum: ['x'.repeat(300_000)] }, /the limit is/],
    ['refers to something elsewhere', { $ref: 'https://example.com/other.json' }, /can't resolve reference/],
    ['is no schema', { type: 'nothing' }, /type/],
  ])('refuses a schema that %s', (_what, schema, message) => {
    expect(() => compileSchema(schema)).toThrow(message);
  });
});
