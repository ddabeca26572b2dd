import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';

const canary = 'CANARY-7b1f';

async function load(
  overlay = 'plugins: [{ name: g, priority: 5 }]',
  env: Readonly<Record<string, string>> = {},
) {
  const folder = configFolder({
    'mcp.yaml': `plugins:
  - name: g
    kind: ./guard.js
    priority: 10
    hooks: [tool_pre_invoke]
    config:
      words: ["\${WORD:-none}", "http://me:${canary}@host/"]
  - name: x
    kind: external
    mcp:
      proto: SSE
      url: http://h/mcp
      auth: { type: bearer, token: "\${TOKEN}" }
      headers: { X-Some: ${canary} }
`,
    'over.yaml': overlay,
    'guard.js': guardModule,
  });
  const kinds = new Map([['external', () => expect.unreachable()]]);
  const overlays = [path.join(folder, 'over.yaml')];
  const config = await loadConfig(path.join(folder, 'mcp.yaml'), {
    overlays,
    kinds,
    env: { TOKEN: canary, ...env },
  });
  return { config, folder };
}

describe('the effective configuration', () => {
  it('shows each value with the file and line that it comes from, and no secret', async () => {
    const { config, folder } = await load();
    const yaml = config.effective.toYaml({ origins: true });
    expect(yaml.replaceAll(`${folder}/`, '')).toBe(`plugins:
  - name: g # mcp.yaml:2
    kind: ./guard.js # mcp.yaml:3
    priority: 5 # over.yaml:1
    hooks:
      - tool_pre_invoke # mcp.yaml:5
    config:
      words:
        - \${WORD:-…} # mcp.yaml:7
        - http://**************@host/ # mcp.yaml:7
  - name: x # mcp.yaml:8
    kind: external # mcp.yaml:9
    mcp:
      proto: SSE # mcp.yaml:11
      url: http://h/mcp # mcp.yaml:12
      auth:
        type: bearer # mcp.yaml:13
        token: \${TOKEN} # mcp.yaml:13
      headers:
        X-Some: "[hidden]" # mcp.yaml:14
`);
    expect(config.effective.toYaml()).not.toContain('mcp.yaml');
    expect(JSON.stringify(config.effective)).not.toContain(canary);
    expect(config.effective.values()[2]).toEqual({
      path: 'plugins[0].priority',
      shown: 5,
      file: path.join(folder, 'over.yaml'),
      line: 1,
      column: 32,
    });
  });

  it('lists what another one changes, plugins by name and secrets unseen', async () => {
    const before = (await load()).config.effective;
    const overlay = 'plugins: [{ name: g, priority: 7, hooks: [] }, { name: x, mode: audit }]'.replace(
      ' hooks: []',
      ' tags: []',
    );
    const after = (await load(overlay, { TOKEN: `${canary}-2`, WORD: canary })).config.effective;
    const changes = before.changesTo(after);
    expect(changes).toEqual([
      { path: 'plugins.g.priority', before: 5, after: 7 },
      { path: 'plugins.g.config.words[0]', before: '${WORD:-…}', after: '${WORD:-…}' },
      { path: 'plugins.x.mcp.auth.token', before: '${TOKEN}', after: '${TOKEN}' },
      { path: 'plugins.g.tags', after: '[]' },
      { path: 'plugins.x.mode', after: 'audit' },
    ]);
    expect(before.changesTo(before)).toEqual([]);
    expect(JSON.stringify(changes)).not.toContain(canary);
  });

  it('notices another order of plugins', async () => {
    const text = (order: string) => `plugins: [${order}]`;
    const one = (name: string) => `{ name: ${name}, kind: "./guard.js#Quiet" }`;
    const folder = configFolder({
      'a.yaml': text(`${one('p')}, ${one('q')}`),
      'b.yaml': text(`${one('q')}, ${one('p')}`),
      'guard.js': guardModule,
    });
    const a = (await loadConfig(path.join(folder, 'a.yaml'))).effective;
    const b = (await loadConfig(path.join(folder, 'b.yaml'))).effective;
    expect(a.changesTo(b)).toEqual([{ path: 'plugins', before: 'p, q', after: 'q, p' }]);
  });

  it('places the finding of somebody else at a plugin', async () => {
    const { config, folder } = await load();
    const finding = { code: 'HOOK_NOT_FIRED', message: 'never' };
    expect(config.effective.diagnose('g', ['hooks', 'kind'], finding)).toMatchObject({
      file: path.join(folder, 'mcp.yaml'),
      line: 5,
      column: 5,
      path: 'plugins[0].hooks',
      code: 'HOOK_NOT_FIRED',
      severity: 'error',
    });
    expect(config.effective.diagnose('x', ['hooks'], finding)).toMatchObject({
      line: 8,
      path: 'plugins[1].name',
    });
    expect(config.effective.diagnose(undefined, ['hooks'], finding)).toMatchObject({
      line: 1,
      path: '',
      frame: '',
    });
  });
});
