import { describe, expect, it } from 'vitest';
import { cases } from '../../behaviour/cases/index.mjs';
import { completed, runCase } from '../../behaviour/run-case.mjs';
import { subjects } from '../../behaviour/subjects/index.mjs';

describe.each(subjects)('plugins $name', (subject) => {
  it.each(cases)('$name', async (behaviourCase) => {
    const seen = await runCase(behaviourCase, subject);
    expect(seen).toEqual(behaviourCase.calls.map((call) => completed(call.expect)));
  });
});

it('each case has a name of its own', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});
