import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/index.js';
import { configFolder } from './support/config-folder.js';

const guide = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
const [complete = '', overlay = ''] = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml);
const pii = {
  'conf/node_modules/@mcpplugins/plugin-pii-filter/package.json':
    '{ "name": "@mcpplugins/plugin-pii-filter", "type": "module", "exports": "./index.js" }',
  'conf/node_modules/@mcpplugins/plugin-pii-filter/index.js':
    "import { definePlugin } from '@mcpplugins/framework-core';\nexport default definePlugin({ name: 'p', hooks: () => ({}) });",
};

describe('the examples of the guide', () => {
  it('load as they are, with the overlay over them', async () => {
    const folder = configFolder(pii);
    mkdirSync(path.join(folder, 'shared-plugins'));
    const secret = path.join(folder, 'secret');
    writeFileSync(secret, 'x');
    writeFileSync(
      path.join(folder, 'conf/mcpplugins.yaml'),
      complete.replace('/run/secrets/moderation', secret),
    );
    writeFileSync(path.join(folder, 'conf/mcpplugins.prod.yaml'), overlay);
    const { plugins, settings, notices, historyFile } = await loadConfig(
      path.join(folder, 'conf/mcpplugins.yaml'),
      {
        env: {},
        environment: 'prod',
        kinds: new Map([['external', () => expect.unreachable()]]),
      },
    );
    expect(notices).toEqual([]);
    expect(plugins.map(({ config: { name, mode } }) => [name, mode])).toEqual([
      ['pii', 'enforce'],
      ['moderation', 'enforce'],
    ]);
    expect(settings).toEqual({ pluginTimeout: 10, failOnPluginError: false });
    expect(historyFile).toBe(path.join(folder, 'conf/history.jsonl'));
  });
});
