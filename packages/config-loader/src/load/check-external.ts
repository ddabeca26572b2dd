import { mcpBlockSchema } from '@mcpplugins/framework-core/wire';
import { checkValue } from '../schema/check-value.js';
import { toValue } from '../yaml/tree.js';
import { type PluginEntry, report, textOf } from './plugin-entry.js';

/** Checks what only external plugins have, and what they must not have. */
export function checkExternal(entry: PluginEntry): void {
  const kind = textOf(entry, 'kind');
  const mcp = entry.node.entries.get('mcp');
  if (kind?.value !== 'external') {
    if (kind !== undefined && mcp !== undefined && toValue(mcp.value) !== null) {
      report(entry, mcp.key, ['mcp'], {
        severity: 'notice',
        code: 'KEY_IGNORED',
        message: '`mcp` has no effect on a plugin whose kind is not `external`',
      });
    }
    return;
  }
  const config = entry.node.entries.get('config');
  if (config?.value.kind === 'map' && config.value.entries.size > 0) {
    report(entry, config.key, ['config'], {
      code: 'VALUE_INVALID',
      message: 'the settings of an external plugin are those of its server',
      suggestion: 'Move `config` to the configuration of the plugin server.',
    });
  }
  if (mcp === undefined || toValue(mcp.value) === null) {
    report(entry, kind, ['mcp'], {
      code: 'KEY_MISSING',
      message: '`mcp` is missing: it says how to reach an external plugin',
      suggestion: 'Add mcp: with proto: STREAMABLEHTTP and url:, or proto: STDIO and script:.',
    });
    return;
  }
  if (mcp.value.kind !== 'map') return;
  checkValue(
    toValue(mcp.value),
    { root: mcp.value, prefix: [...entry.path, 'mcp'], schema: mcpBlockSchema },
    entry.found,
  );
}
