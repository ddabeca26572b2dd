import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfigDocument, isConfigError, mergeConfigs, validateConfig } from '../../src/index.js';

describe('mergeConfigs', () => {
  it('keeps variables and changes neither argument', () => {
    const base = { plugins: [{ name: 'a', kind: '${KIND}', config: { deep: { x: 1, y: [1] } } }] };
    const override = {
      plugins: [
        { name: 'a', config: { deep: { y: [2], z: null } } },
        { name: 'b', kind: 'k' },
      ],
    };
    const before = structuredClone([base, override]);
    expect(mergeConfigs(base, override)).toEqual({
      plugins: [
        { name: 'a', kind: '${KIND}', config: { deep: { x: 1, y: [2] } } },
        { name: 'b', kind: 'k' },
      ],
    });
    expect([base, override]).toEqual(before);
  });

  it('refuses cycles and __proto__, and to weaken a locked plugin', () => {
    const cycle: Record<string, unknown> = { plugins: [] };
    cycle['self'] = cycle;
    const evil = JSON.parse('{ "__proto__": { "polluted": true } }') as ConfigDocument;
    const locked = { plugins: [{ name: 'a', kind: 'k', locked: true }] };
    expect(() => mergeConfigs(cycle, {})).toThrow(/inside of what it stands for/);
    expect(() => mergeConfigs({}, evil)).toThrow(/"__proto__" is not allowed/);
    expect(() => mergeConfigs(locked, { plugins: [{ name: 'a', mode: 'audit' }] })).toThrow(/locked/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  const key = fc.stringMatching(/^[a-z]{1,3}$/);
  const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
  const document = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)));

  it('has the empty document as its neutral element, on both sides', () => {
    fc.assert(
      fc.property(document, (one) => {
        expect(mergeConfigs(one, {})).toEqual(one);
        expect(mergeConfigs({}, one)).toEqual(one);
      }),
    );
  });

  it('gives the same however three documents without a map over a value are grouped', () => {
    const flat = fc.dictionary(key, value);
    const nested = fc.record({ m: flat, n: flat }, { requiredKeys: [] });
    fc.assert(
      fc.property(nested, nested, nested, (a, b, c) => {
        expect(mergeConfigs(mergeConfigs(a, b), c)).toEqual(mergeConfigs(a, mergeConfigs(b, c)));
      }),
    );
  });
});

describe('validateConfig', () => {
  it('gives warnings and notices of a good configuration, as text or content', async () => {
    const codes = async (config: string | ConfigDocument) =>
      (await validateConfig(config)).map(({ code }) => code);
    expect(await codes('plugins: []')).toEqual(['NO_PLUGINS']);
    expect(await codes({ plugins: [], gateway: {} })).toEqual(['NO_PLUGINS', 'KEY_IGNORED']);
  });

  it('refuses a bad one with positions in its YAML', async () => {
    const thrown: unknown = await validateConfig(
      { plugin_settings: { plugin_timeout: 0 } },
      { file: 'x.yaml' },
    ).catch((error: unknown) => error);
    expect(isConfigError(thrown) && thrown.diagnostics).toMatchObject([
      { file: 'x.yaml', line: 2, column: 19, path: 'plugin_settings.plugin_timeout' },
    ]);
  });
});
