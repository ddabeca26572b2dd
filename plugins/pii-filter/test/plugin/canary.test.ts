import { type DecisionRecord, type Logger, PluginManager } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import PiiFilter from '../../src/index.js';

// Values that nothing else would hold, one a type, and what a log or record must not have of them.
const canaries = [
  'canary.person@secret.example',
  '219-45-6789',
  '4111 1111 1111 1111',
  'DE89370400440532013000',
];
const traces = ['canary.person', '219-45', '21945', '4111', '0440532013', 'Y2FuYXJ5'];
const text = `${canaries.join(' ')} ${Buffer.from(canaries[0] ?? '').toString('base64')}`;

const calls = {
  prompt_pre_fetch: { name: 'p', args: { a: text } },
  prompt_post_fetch: { name: 'p', result: { messages: [{ role: 'user', content: { type: 'text', text } }] } },
  tool_pre_invoke: { name: 't', args: { [canaries[0] ?? '']: { deep: [text, 4111111111111111] } } },
  tool_post_invoke: {
    name: 't',
    result: { content: [{ type: 'text', text }], structuredContent: { a: text } },
  },
  resource_pre_fetch: { uri: 'file:///a', metadata: { a: text } },
  resource_post_fetch: { uri: 'file:///a', content: { contents: [{ uri: 'file:///a', text }] } },
} as const;

/** Everything that is said about a call besides its payload. */
async function saidAbout(hook: keyof typeof calls, config: Record<string, unknown>): Promise<string> {
  const said: unknown[] = [];
  const write = (...parts: unknown[]): void => void said.push(parts);
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  const records: DecisionRecord[] = [];
  await using manager = await PluginManager.start({
    plugins: [{ config: { name: 'pii', kind: 'pii', config }, load: () => PiiFilter }],
    logger,
    observers: [
      { onDecisions: (steps) => void records.push(...steps), onError: (step) => void records.push(step) },
    ],
  });
  const request = manager.openRequest({ requestId: 'r' }, { record: true });
  const { modifiedPayload: _, ...outcome } = await request.invoke(hook, calls[hook]);
  said.push(outcome, records);
  expect(records.length).toBeGreaterThan(0);
  return JSON.stringify(said);
}

describe.each(Object.keys(calls) as (keyof typeof calls)[])('%s', (hook) => {
  it.each([
    ['masking', {}],
    ['refusing', { block_on_detection: true }],
    ['reporting', { fields: [{ path: '**', action: 'report' }] }],
    ['tokens', { mask_strategy: 'tokenize' }],
    ['failing on its limits', { max_text_bytes: 5 }],
  ])('says nothing of a value in logs, violations, metadata and records: %s', async (_name, config) => {
    const said = await saidAbout(hook, config);
    for (const trace of traces) expect(said).not.toContain(trace);
  });
});
