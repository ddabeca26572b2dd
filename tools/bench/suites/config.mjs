import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '@mcpplugins/config-loader';
import { parseDocument } from 'yaml';
import { defineSuite } from '../suite.mjs';

/** @param {number} index */
const plugin = (index) => `  - name: "Guard${index}"
    kind: "external"
    description: "Detects and masks what must not leave the house"
    version: "1.0.0"
    author: "Security Team"
    hooks:
      - "prompt_pre_fetch"
      - "tool_pre_invoke"
      - "tool_post_invoke"
    tags: ["security", "pii", "compliance"]
    mode: "enforce" # enforce|permissive|disabled
    priority: ${index}
    conditions:
      - server_ids: ["prod-server"]
        tenant_ids: ["enterprise"]
        tools: ["sensitive-tool"]
        user_patterns: [".*@example[.]com"]
    mcp:
      proto: STREAMABLEHTTP
      url: http://localhost:8000/mcp
      auth: { type: bearer, token: "\${TOKEN}" }
`;

/**
 * @param {number} count
 * @returns {string}
 */
const configuration = (count) =>
  `plugins:\n${Array.from({ length: count }, (_, index) => plugin(index)).join('')}plugin_settings:\n  plugin_timeout: 30\n`;

export default defineSuite({
  title: 'Loading a configuration against parsing its YAML; external plugins, so that no module is imported',
  async prepare() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'config-bench-'));
    const options = {
      env: { TOKEN: 'x' },
      kinds: new Map([['external', () => Promise.reject(new Error('not started'))]]),
    };
    const groups = [1, 100].map((count) => {
      const text = configuration(count);
      const file = path.join(folder, `${count}.yaml`);
      writeFileSync(file, text);
      return {
        name: `${count} plugins, ${Math.ceil(text.length / 1024)} KiB`,
        calls: Math.ceil(600 / (count + 5)),
        anchor: {
          name: 'parseDocument and toJS',
          style: /** @type {const} */ ('sync'),
          call: () => parseDocument(text).toJS(),
        },
        targets: [{ name: 'loadConfig', call: () => loadConfig(file, options) }],
      };
    });
    return { groups, close: () => rmSync(folder, { recursive: true, force: true }) };
  },
});
