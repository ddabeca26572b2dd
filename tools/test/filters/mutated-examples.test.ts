import { FrameworkError, type PluginClass, PluginManager } from '@mcpplugins/framework-core';
import DenyFilter from '@mcpplugins/plugin-deny-filter';
import PiiFilter from '@mcpplugins/plugin-pii-filter';
import ResourceFilter from '@mcpplugins/plugin-resource-filter';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

const ssn = '123-45-6789';
const planted = `My SSN is ${ssn}`;
const isDeep = process.env['MCPPLUGINS_DEEP'] !== undefined;
const numRuns = isDeep ? 20_000 : 300;
vi.setConfig({ testTimeout: isDeep ? 1_800_000 : 60_000 });

/** The settings of the specification's examples. */
const examples: readonly {
  readonly plugin: PluginClass;
  readonly config: Readonly<Record<string, unknown>>;
}[] = [
  {
    plugin: PiiFilter,
    config: {
      detect_ssn: true,
      detect_credit_card: true,
      mask_strategy: 'partial',
      redaction_text: '[REDACTED]',
      block_on_detection: false,
    },
  },
  { plugin: DenyFilter, config: { words: [ssn] } },
  {
    plugin: ResourceFilter,
    config: {
      allowed_protocols: ['http', 'https'],
      blocked_domains: ['evil.example'],
      max_content_size: 1_048_576,
      content_filters: [{ pattern: String.raw`\d{3}-\d{2}-\d{4}` }],
    },
  },
];

/** Names that a mistyped one is likely to be: a letter less, a letter more, two letters swapped, another case. */
const misspelt = (key: string) =>
  fc.tuple(fc.nat(key.length - 2), fc.constantFrom('less', 'more', 'swapped', 'upper')).map(([at, how]) => {
    const [before, here, next, after] = [
      key.slice(0, at),
      key.charAt(at),
      key.charAt(at + 1),
      key.slice(at + 2),
    ];
    if (how === 'less') return before + next + after;
    if (how === 'more') return `${before}${here}${here}${next}${after}`;
    return how === 'swapped' ? `${before}${next}${here}${after}` : key.toUpperCase();
  });

/** JSON in which a planted text stands somewhere, beside or within other text. */
const json = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value'), { maxKeys: 3 }),
  ),
}));
const holder = fc.oneof(
  fc.constant(planted),
  fc.tuple(fc.lorem(), fc.lorem()).map(([before, after]) => `${before} ${planted}. ${after}`),
  json.value.map((other) => JSON.stringify({ note: planted, other })),
);
const withPlanted = fc
  .tuple(json.value, json.value, holder, fc.array(fc.constantFrom('list', 'object'), { maxLength: 5 }))
  .map(([first, last, text, layers]) =>
    layers.reduce<unknown>(
      (inside, layer) => (layer === 'list' ? [first, inside, last] : { first, inside, last }),
      text,
    ),
  );

async function outcomeOf(
  { plugin, config }: (typeof examples)[number],
  hook: 'tool_pre_invoke' | 'tool_post_invoke' | 'prompt_pre_fetch' | 'resource_post_fetch',
  payload: object,
) {
  const manager = await PluginManager.start({
    plugins: [{ load: () => plugin, config: { name: 'guard', kind: 'guard', config } }],
  });
  await using request = manager.openRequest();
  const before = JSON.stringify(payload);
  const { continueProcessing, modifiedPayload = payload } = await request.invoke(hook, payload as never);
  expect(JSON.stringify(payload)).toBe(before);
  await manager.shutdown();
  return { continueProcessing, text: JSON.stringify(modifiedPayload) };
}

describe.each(examples)('$plugin.name with the settings of the specification', (example) => {
  const { plugin, config } = example;
  const start = (settings: object) => new plugin({ name: 'guard', kind: 'guard', config: { ...settings } });

  it('starts', () => expect(start(config).config.name).toBe('guard'));

  it('refuses every setting that is misspelt, and names it', () => {
    const change = fc
      .constantFrom(...Object.keys(config))
      .chain((key) => fc.tuple(fc.constant(key), misspelt(key)));
    fc.assert(
      fc.property(change, ([key, wrong]) => {
        fc.pre(wrong !== key && !(wrong in config));
        const { [key]: value, ...others } = config;
        const refused = errorOf(() => start({ ...others, [wrong]: value }));
        expect(FrameworkError.is(refused, 'PLUGIN_SETTINGS_INVALID')).toBe(true);
        expect(String(refused)).toContain(wrong);
      }),
      { numRuns },
    );
  });

  it('takes or refuses a setting of any other value, and fails in no other way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(config)), json.value, (key, value) => {
        const refused = errorOf(() => start({ ...config, [key]: value }));
        expect(refused === undefined || FrameworkError.is(refused, 'PLUGIN_SETTINGS_INVALID')).toBe(true);
      }),
      { numRuns },
    );
  });
});

describe('what the examples guard against', () => {
  const [pii, deny, resource] = examples as [
    (typeof examples)[0],
    (typeof examples)[0],
    (typeof examples)[0],
  ];

  it('is masked as the specification has it', async () => {
    const { text } = await outcomeOf(pii, 'prompt_pre_fetch', {
      name: 'test',
      args: { user_input: planted },
    });
    expect(text).toContain('XXX-XX-6789');
  });

  it.each([
    ['masked', pii, true],
    ['refused', deny, false],
  ] as const)('is %s wherever it stands in arguments and results', async (_how, example, goesOn) => {
    await fc.assert(
      fc.asyncProperty(withPlanted, async (value) => {
        const before = await outcomeOf(example, 'tool_pre_invoke', { name: 'send', args: { value } });
        const result = { content: [{ type: 'text', text: 'x' }], structuredContent: { value } };
        const after = await outcomeOf(example, 'tool_post_invoke', { name: 'send', result });
        for (const { continueProcessing, text } of [before, after]) {
          expect({ continueProcessing, isThere: continueProcessing && text.includes(ssn) }).toEqual({
            continueProcessing: goesOn,
            isThere: false,
          });
        }
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
    expect.hasAssertions();
  });

  it('is filtered wherever it stands in a resource', async () => {
    const uri = 'https://example.com/a';
    await fc.assert(
      fc.asyncProperty(withPlanted, holder, async (value, text) => {
        const blob = Buffer.from(text).toString('base64');
        const content = {
          contents: [
            { uri, text },
            { uri, text: JSON.stringify(value) },
            { uri, blob },
          ],
          _meta: { value },
        };
        const outcome = await outcomeOf(resource, 'resource_post_fetch', { uri, content });
        expect(outcome.continueProcessing).toBe(true);
        expect(outcome.text).not.toContain(ssn);
        expect(outcome.text).not.toContain(blob);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
    expect.hasAssertions();
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
