import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCamelCase, toSnakeCase } from '../../src/contracts/spelling.js';

describe('spelling', () => {
  it.each([
    ['agentId', 'agent_id'],
    ['httpStatusCode', 'http_status_code'],
    ['name', 'name'],
    ['agentID', 'agent_i_d'],
    ['v2Id', 'v2_id'],
  ])('%s is %s on the wire, and comes back', (camel, snake) => {
    expect(toSnakeCase(camel)).toBe(snake);
    expect(toCamelCase(snake)).toBe(camel);
  });

  it('brings every camelCase key back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,20}$/), (key) => {
        expect(toCamelCase(toSnakeCase(key))).toBe(key);
      }),
    );
  });
});
