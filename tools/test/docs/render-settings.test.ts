import { buildJsonSchema } from '@mcpplugins/config-loader';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderSettings } from '../../docs/render-settings.mjs';
import { settingsSections } from '../../docs/settings-sections.mjs';

const settings = z.strictObject({
  strategy: z.enum(['mask', 'block']).default('mask').describe('What is done; * is all.'),
  score: z.number().min(0).max(1).describe('Least score. Default: 0.5.').optional(),
  secret: z.string().min(16).describe('A key. Default: made at start.').optional(),
  rules: z.array(z.union([z.string(), z.strictObject({ word: z.string(), weight: z.int().optional() })])),
  types: z.record(z.string(), z.strictObject({ on: z.boolean().default(true) })).default({}),
});
const file = buildJsonSchema({
  plugins: [{ kind: '@acme/guard', settingsSchema: settings }],
  sections: {
    servers: z.record(z.string(), z.strictObject({ workingFolder: z.string().optional() })),
    gateway: z.strictObject({ keys: z.array(z.strictObject({ name: z.string() })).optional() }),
    server_settings: z.strictObject({ maxBytes: z.int().positive().describe('Bytes.') }),
  },
});
const page = renderSettings(settingsSections(file, ['@acme/guard']));

function rowsOf(title: string): readonly string[] {
  const start = page.indexOf(`## ${title}\n`);
  const end = page.indexOf('\n## ', start + 1);
  return page
    .slice(start, end === -1 ? undefined : end)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
}

describe('docs/settings.md', () => {
  it('has each setting of a plugin with type, default and meaning, those of inner objects too', () => {
    expect(rowsOf('@acme/guard')).toEqual([
      String.raw`| ${'`strategy`'} | ${'`mask`'}, ${'`block`'} | ${'`mask`'} | What is done; \* is all. |`,
      '| `score` | number from 0 to 1 | `0.5` | Least score. |',
      '| `secret` | text | made at start | A key. |',
      '| `rules` | list of texts or objects | required |  |',
      '| `rules[].word` | text | required |  |',
      '| `rules[].weight` | whole number |  |  |',
      '| `types` | map of names to objects | `{}` |  |',
      '| `types.NAME.on` | true or false | `true` |  |',
    ]);
  });

  it('has the sections of programs in the spelling of YAML', () => {
    expect(rowsOf('servers')).toEqual(['| `working_folder` | text |  |  |']);
    expect(rowsOf('gateway')).toEqual([
      '| `keys` | list of objects |  |  |',
      '| `keys[].name` | text | required |  |',
    ]);
    expect(rowsOf('server_settings')).toEqual(['| `max_bytes` | whole number above 0 | required | Bytes. |']);
  });

  it('has every key of a plugin entry and of plugin_settings, with the default that its text states', () => {
    expect(rowsOf('plugins')).toContain(
      '| `hooks` | list of texts |  | Hooks that it runs on. Left out: every hook that it implements. |',
    );
    expect(rowsOf('plugins').find((row) => row.startsWith('| `priority`'))).toContain(
      '| whole number | `100` |',
    );
    expect(rowsOf('plugin_settings').find((row) => row.startsWith('| `hook_timeout`'))).toContain(
      '| no such limit |',
    );
  });

  it('spells a transport once, whatever its letter case, and says what it means', () => {
    expect(rowsOf('mcp')[0]).toMatch(
      /^\| `proto` \| `STDIO`, `STREAMABLEHTTP`, `SSE`, `WEBSOCKET` \| required \| STDIO starts/,
    );
  });

  it('keeps keys without effect apart', () => {
    const [, ignored = ''] = page.slice(page.indexOf('## plugins\n')).split('without effect');
    expect(ignored).toMatch(/^:\n\n[^#]*\| `namespace` \| plugins are told apart by `name`\. \|/);
  });

  it('fails when the schema lacks what the page is about', () => {
    expect(() => settingsSections(file, ['@acme/other'])).toThrow(/no rule for the kind "@acme\/other"/);
    expect(() => settingsSections({ properties: {} }, [])).toThrow(/no object in "plugins"/);
  });
});
