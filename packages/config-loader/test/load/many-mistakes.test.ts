import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

// Each line with a mistake ends in a comment: column, code and path of what must be found there.
const file = `plugin_dirs: [./nowhere] # 15 VALUE_INVALID plugin_dirs[0]
plugins:
  - name: Guard
    kind: ./guard.js
    modee: audit # 5 KEY_UNKNOWN plugins[0].modee
    priority: soon # 15 VALUE_INVALID plugins[0].priority
    config:
      words: [a, 7] # 18 PLUGIN_SETTINGS_REJECTED plugins[0].config.words[1]
      limt: 5 # 7 PLUGIN_SETTINGS_REJECTED plugins[0].config.limt
      style: hide # 14 PLUGIN_SETTINGS_REJECTED plugins[0].config.style
  - name: guard # 11 PLUGIN_NAME_DUPLICATE plugins[1].name
    kind: ./guard.js#Quite # 11 EXPORT_UNKNOWN plugins[1].kind
    hooks: [tool_pre_invok, tool_post_invoke] # 13 HOOK_NAME_UNKNOWN plugins[1].hooks[0]
  - name: Third
    kind: ../outside.js # 11 KIND_INVALID plugins[2].kind
    hooks: [] # 12 VALUE_INVALID plugins[2].hooks
    tags: security # 11 VALUE_INVALID plugins[2].tags
  - name: Fourth # 5 KEY_MISSING plugins[3].kind
    timeout: 0 # 14 VALUE_INVALID plugins[3].timeout
    on_error: explode # 15 VALUE_INVALID plugins[3].on_error
    conditions:
      - user_patterns: ["(?=x)"] # 25 PATTERN_INVALID plugins[3].conditions[0].user_patterns[0]
        tool: [a] # 9 KEY_UNKNOWN plugins[3].conditions[0].tool
  - name: Fifth
    kind: external
    mcp: { proto: PIGEON } # 19 VALUE_INVALID plugins[4].mcp.proto
  - name: Sixth
    kind: external # 11 KEY_MISSING plugins[5].mcp
    isolation: worker # 5 NOT_YET_SUPPORTED plugins[5].isolation
    version: "\${NOWHERE}" # 14 VARIABLE_UNSET
plugin_settings:
  plugin_timeout: 3000000 # 19 VALUE_INVALID plugin_settings.plugin_timeout
  fail_on_plugin_error: maybe # 25 VALUE_INVALID plugin_settings.fail_on_plugin_error
  max_depth: 1.5 # 14 VALUE_INVALID plugin_settings.max_depth
gateway:
  max_sessions: none # 17 VALUE_INVALID gateway.max_sessions
`;

it('25 and more mistakes of one file are all found in one run, each at its line and column', async () => {
  const folder = configFolder({ 'conf/p.yaml': file, 'conf/guard.js': guardModule });
  const options = {
    env: {},
    kinds: new Map([['external', () => expect.unreachable()]]),
    sections: { gateway: z.strictObject({ maxSessions: z.int() }) },
  };
  const found = await diagnosticsOf(path.join(folder, 'conf/p.yaml'), options);
  const expected = file.split('\n').flatMap((line, index) => {
    const note = / # (\d.*)$/.exec(line)?.[1];
    return note === undefined ? [] : [`${index + 1}:${note}`];
  });
  expect(expected.length).toBeGreaterThanOrEqual(25);
  expect(
    found.map(({ line, column, code, path: at }) => `${line}:${column} ${code} ${at}`.trimEnd()),
  ).toEqual(expected);
});

it('the same file without its mistakes loads', async () => {
  const folder = configFolder({
    'p.yaml':
      'plugins:\n  - { name: Guard, kind: ./guard.js, mode: audit, priority: 5, config: { words: [a] } }\n',
    'guard.js': guardModule,
  });
  expect((await loadConfig(path.join(folder, 'p.yaml'))).plugins).toHaveLength(1);
});
