// A configuration with a plugin in a relative file loads; a misspelt key is refused with its place.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isConfigError, loadConfig } from '@mcpplugins/config-loader';

const folder = mkdtempSync(join(tmpdir(), 'config-loader-smoke-'));
try {
  writeFileSync(
    join(folder, 'guard.mjs'),
    `import { definePlugin } from '${import.meta.resolve('@mcpplugins/framework-core')}';
    export default definePlugin({ name: 'guard', hooks: () => ({ tool_pre_invoke: () => undefined }) });`,
  );
  const plugin = '  - name: guard\n    kind: ./guard.mjs\n    hooks: [tool_pre_invoke]\n';
  writeFileSync(join(folder, 'good.yaml'), `plugins:\n${plugin}`);
  writeFileSync(join(folder, 'bad.yaml'), `plugins:\n${plugin}    moode: enforce\n`);
  const { plugins } = await loadConfig(join(folder, 'good.yaml'));
  assert.equal(plugins.length, 1);
  const refused = await loadConfig(join(folder, 'bad.yaml')).catch((error) => error);
  assert.ok(isConfigError(refused));
  assert.equal(refused.diagnostics.length, 1);
  console.log('a configuration loaded and a misspelt key was refused');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
