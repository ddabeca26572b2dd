import { inspect } from 'node:util';
import {
  type DecisionRecord,
  type Logger,
  type Outcome,
  PluginManager,
  pluginModes,
} from '@mcpplugins/framework-core';
import DenyFilter from '@mcpplugins/plugin-deny-filter';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import ResourceFilter from '@mcpplugins/plugin-resource-filter';
import { describe, expect, it } from 'vitest';
import { canary, found, leaks, payloads, tooDeep } from './canary-payloads.js';

const rule = { pattern: canary };
const settings = {
  allowed_protocols: ['http', 'https'],
  allowed_mime_types: ['text/*'],
  max_content_size: 1000,
};
/** Each plugin in the ways that it can answer: change, refuse, and its other details. */
const plugins = [
  { title: 'pii-filter, masking', plugin: PiiFilter, config: {} },
  { title: 'pii-filter, redacting', plugin: PiiFilter, config: { mask_strategy: 'redact' } },
  { title: 'pii-filter, hashing', plugin: PiiFilter, config: { mask_strategy: 'hash' } },
  { title: 'pii-filter, refusing', plugin: PiiFilter, config: { block_on_detection: true } },
  { title: 'deny-filter, refusing', plugin: DenyFilter, config: { words: [canary] } },
  {
    title: 'deny-filter, redacting',
    plugin: DenyFilter,
    config: { words: [{ word: canary, action: 'redact' }] },
  },
  {
    title: 'deny-filter, reporting',
    plugin: DenyFilter,
    config: { words: [{ word: canary, action: 'warn' }] },
  },
  { title: 'deny-filter, by pattern', plugin: DenyFilter, config: { patterns: [rule], words: [] } },
  {
    title: 'resource-filter, replacing',
    plugin: ResourceFilter,
    config: { ...settings, content_filters: [rule] },
  },
  {
    title: 'resource-filter, refusing',
    plugin: ResourceFilter,
    config: { ...settings, content_filters: [{ ...rule, action: 'block' }] },
  },
];

/** Everything that leaves a host beside the payload. */
class Witness {
  readonly seen: unknown[] = [];
  readonly logger: Logger;
  readonly decisions: DecisionRecord[] = [];

  constructor() {
    const note = (...parts: readonly unknown[]): void => void this.seen.push(parts);
    this.logger = { debug: note, info: note, warn: note, error: note };
  }

  outcome({ modifiedPayload: _payload, ...rest }: Outcome): void {
    this.seen.push(rest);
  }

  get text(): string {
    return inspect(this.seen, {
      depth: null,
      maxStringLength: null,
      maxArrayLength: null,
      breakLength: Infinity,
    });
  }
}

async function startWitnessed(
  entry: (typeof plugins)[number],
  mode: (typeof pluginModes)[number],
  witness: Witness,
) {
  const { plugin, config } = entry;
  return PluginManager.start({
    plugins: [{ load: () => plugin, config: { name: 'guard', kind: 'guard', mode, config } }],
    logger: witness.logger,
    observers: [
      {
        onDecisions: (records, requestId) => {
          witness.seen.push(records, requestId);
          witness.decisions.push(...records);
        },
        onError: (record) => void witness.seen.push(record),
        onHealthChange: (health) => void witness.seen.push(health),
      },
    ],
  });
}

describe.each(plugins)('what $title says beside the payload', (entry) => {
  it.each(pluginModes)('holds nothing of what was planted, in the mode %s', async (mode) => {
    const witness = new Witness();
    const manager = await startWitnessed(entry, mode, witness);
    for (const [hook, variants] of Object.entries(payloads)) {
      for (const payload of variants) {
        await using request = manager.openRequest({}, { record: true });
        witness.outcome(await request.invoke(hook as 'tool_pre_invoke', payload as never));
      }
    }
    witness.seen.push(manager.health());
    await manager.shutdown();
    expect(leaks(witness.text)).toBe(false);
  });

  it('is said about something: the plugin finds what was planted', async () => {
    const witness = new Witness();
    const manager = await startWitnessed(entry, 'enforce', witness);
    await using request = manager.openRequest();
    const { violation, metadata } = await request.invoke('resource_post_fetch', found);
    await manager.shutdown();
    expect(violation !== undefined || Object.keys(metadata).length > 0).toBe(true);
  });
});

describe.each(plugins.filter(({ plugin }) => plugin !== ResourceFilter))('an error of $title', (entry) => {
  it.each(['enforce', 'enforce_ignore_error'] as const)(
    'holds nothing of what was planted, in the mode %s',
    async (mode) => {
      const witness = new Witness();
      const manager = await startWitnessed(entry, mode, witness);
      await using request = manager.openRequest({}, { record: true });
      witness.outcome(await request.invoke('tool_pre_invoke', tooDeep as never));
      await manager.shutdown();
      expect(witness.decisions).toMatchObject([{ status: 'error' }]);
      expect(leaks(witness.text)).toBe(false);
    },
  );
});
