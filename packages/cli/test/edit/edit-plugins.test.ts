import { FrameworkError } from '@mcpplugins/framework-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { appendPlugin, removePlugin } from '../../src/edit/edit-plugins.js';
import type { PluginBlock } from '../../src/edit/plugin-block.js';

const block: PluginBlock = {
  name: 'new',
  kind: '@acme/plugin-new',
  mode: 'enforce',
  priority: 30,
  config: { words: ['a: b'], deep: { on: true } },
  comment: 'What it\ndoes',
};

const written = [
  '  # What it does',
  '  - name: new',
  "    kind: '@acme/plugin-new'",
  '    mode: enforce',
  '    priority: 30',
  '    config:',
  '      words:',
  "        - 'a: b'",
  '      deep:',
  '        on: true',
  '',
].join('\n');

const two = [
  '# head',
  'plugins:',
  '  # the first',
  '  - name: one # why',
  '    kind:   ./one.js',
  '',
  '  # the second',
  '  - name: two',
  '    kind: ./two.js # last',
  '# after',
  'plugin_settings:',
  '  plugin_timeout: 5',
  '',
].join('\n');

describe('appendPlugin', () => {
  it('appends a block with its comment and leaves everything else byte for byte', () => {
    const [before, after] = two.split('# after\n');
    expect(appendPlugin(two, block)).toBe(`${before}\n${written}# after\n${after}`);
  });

  it('follows the indent of the list', () => {
    const text = 'plugins:\n- name: one\n  kind: ./one.js\n';
    expect(appendPlugin(text, block)).toBe(`${text}\n${written.replaceAll(/^ {2}/gm, '')}`);
  });

  it.each([
    ['an empty list', 'plugins: []\n', `plugins:\n${written}`],
    [
      'an empty list with a comment and more',
      'plugins: [] # none\nx: 1\n',
      `plugins: # none\n${written}x: 1\n`,
    ],
    ['no list at all', '# nothing\n', `# nothing\nplugins:\n${written}`],
    ['an empty file', '', `plugins:\n${written}`],
    ['a file without a last newline', 'plugins:\n  - name: one', `plugins:\n  - name: one\n\n${written}`],
  ])('works on %s', (_what, text, expected) => {
    expect(appendPlugin(text, block)).toBe(expected);
  });

  it('refuses a list in one line', () => {
    let thrown: unknown;
    try {
      appendPlugin('plugins: [{ name: one }]\n', block);
    } catch (error) {
      thrown = error;
    }
    expect(FrameworkError.is(thrown, 'PLUGIN_NOT_EDITABLE')).toBe(true);
  });
});

describe('removePlugin', () => {
  it('takes a block with its comment and leaves everything else byte for byte', () => {
    expect(removePlugin(two, 'one')).toBe(
      two.replace('  # the first\n  - name: one # why\n    kind:   ./one.js\n\n', ''),
    );
    expect(removePlugin(two, 'two')).toBe(
      two.replace('  # the second\n  - name: two\n    kind: ./two.js # last\n', ''),
    );
  });

  it('leaves an empty list, not null, when it was the last one', () => {
    expect(removePlugin('plugins:\n  - name: one\n    kind: ./one.js\nx: 1\n', 'one')).toBe(
      'plugins: []\nx: 1\n',
    );
  });

  it('refuses a name that is not there', () => {
    expect(() => removePlugin(two, 'three')).toThrow('the configuration has no plugin "three"');
  });

  it('takes back exactly what was appended, whatever the settings', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.jsonValue()), (generated) => {
        // JSON has no -0.
        const config = JSON.parse(JSON.stringify(generated)) as Record<string, unknown>;
        const appended = appendPlugin(two, { ...block, config });
        const plugins = (parse(appended) as { readonly plugins: readonly { readonly config?: unknown }[] })
          .plugins;
        expect(plugins.at(-1)?.config ?? {}).toEqual(JSON.parse(JSON.stringify(config)));
        expect(parse(removePlugin(appended, 'new'))).toEqual(parse(two));
      }),
    );
  });
});
