import { createTestHost, pluginOf } from '@mcpplugins/testing';
import '@mcpplugins/testing/vitest';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import { describe, expect, it } from 'vitest';

describe('the test of the specification, "Testing Framework Integration"', () => {
  it('masks a social security number in arguments of a prompt', async () => {
    const config = { detect_ssn: true, mask_strategy: 'partial' };
    await using host = await createTestHost([pluginOf(PiiFilter, { hooks: ['prompt_pre_fetch'], config })]);
    const outcome = await host.invoke('prompt_pre_fetch', { args: { user_input: 'My SSN is 123-45-6789' } });
    expect(outcome).toModify({ args: { user_input: 'My SSN is XXX-XX-6789' } });
  });
});
