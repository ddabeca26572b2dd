import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/index.js';
import { maskSecretsInLine } from '../../src/values/secrets.js';
import { configFolder } from '../support/config-folder.js';
import { diagnosticsOf } from '../support/diagnostics-of.js';

describe('maskSecretsInLine', () => {
  it.each([
    ['token: hunter2', 'token: *******'],
    ['  "api_key": "abc", x: 1', '  "api_key": ***********'],
    ['{ name: A, client_secret: abc }', '{ name: A, client_secret: *****'],
    ['url: http://me:pw@host/x', 'url: http://*****@host/x'],
    ['value: AKIAABCDefgh1234567890abcdEF', 'value: ****************************'],
    ['token: ${TOKEN}', 'token: ${TOKEN}'],
    ['token: "${file:/run/secrets/x}" }', 'token: "${file:/run/secrets/x}" }'],
    ['token: ${TOKEN:-hunter2}', 'token: *****************'],
    ['kind: "@mcpplugins/plugin-resource-filter"', 'kind: "@mcpplugins/plugin-resource-filter"'],
    ['mode: enforce', 'mode: enforce'],
  ])('turns %j into %j', (line, masked) => {
    expect(maskSecretsInLine(line)).toBe(masked);
  });
});

describe('a secret', () => {
  const canary = 'CANARY-7b1f';
  const plugin = `
import { definePlugin } from '@mcpplugins/framework-core';
import { z } from 'zod';
const settings = z.strictObject({
  mode: z.string().refine(() => false, { error: (issue) => 'bad mode ' + issue.input }),
  deep: z.object({ password: z.string().max(3) }).optional(),
});
export default definePlugin({ name: 'g', settings, hooks: () => ({}) });
`;
  it.each([
    ['of a variable that the plugin quotes in its own message', 'config: { mode: "${SECRET}" }'],
    ['of a variable in a name', 'config: { mode: a }, priority: "${SECRET}"'],
    ['of a variable in kind', 'config: { mode: a }, kindd: x'],
    ['written under a secret key', `config: { mode: a, deep: { password: ${canary} } }`],
    ['written under a secret key of a broken file', `config: { mode: a, deep: { password: ${canary} }`],
    ['in a header', `mcp: { headers: { X-Thing: ${canary} } }, kindd: x`],
    ['in a default', `config: { mode: a, deep: { password: "\${NOPE:-${canary}}" } }`],
  ])('%s is in no message and no frame', async (_, fields) => {
    const folder = configFolder({
      'p.yaml': `plugins:\n  - { name: G, kind: ./g.js, ${fields} }\n`,
      'g.js': plugin,
    });
    const diagnostics = await diagnosticsOf(path.join(folder, 'p.yaml'), { env: { SECRET: canary } });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(formatDiagnostics(diagnostics) + JSON.stringify(diagnostics)).not.toContain(canary);
  });

  it('in a block text under a secret key is masked in every line', async () => {
    const yaml = `plugins: []\nplugin_settings:\n  private_key: |\n    ${canary}\n    line two\n  x: 1\n`;
    const folder = configFolder({ 'p.yaml': yaml });
    const text = formatDiagnostics(await diagnosticsOf(path.join(folder, 'p.yaml')));
    expect(text).not.toContain(canary);
    expect(text).not.toContain('line two');
  });
});
