import { createTestHost, pluginOf } from '@mcpplugins/testing';
import '@mcpplugins/testing/vitest';
import { expect, it } from 'vitest';
import WordGuard from '../src/index.js';

it('refuses a word', async () => {
  await using host = await createTestHost([WordGuard]);
  const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'it is forbidden' } });
  expect(outcome).toBlock('FORBIDDEN_WORD');
});

it('masks a word', async () => {
  await using host = await createTestHost([WordGuard]);
  const outcome = await host.invoke('tool_pre_invoke', { args: { text: 'a secret' } });
  expect(outcome).toModify({ args: { text: 'a ******' } });
});

it('lets other words pass, and takes its words from the settings', async () => {
  await using host = await createTestHost([pluginOf(WordGuard, { config: { forbidden: 'other' } })]);
  expect(await host.invoke('tool_pre_invoke', { args: { text: 'forbidden' } })).toProceed();
});
