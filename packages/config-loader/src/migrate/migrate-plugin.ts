import { pluginConditionSchema, pluginConfigSchema } from '@mcpplugins/framework-core';
import { mcpBlockSchema } from '@mcpplugins/framework-core/wire';
import { isScalar } from 'yaml';
import { contextForgePlugin, type ContextForgePlugin } from '../kinds/contextforge-kinds.js';
import { toYamlKey } from '../schema/spelling.js';
import type { EditableMap } from './yaml-edit.js';

const pluginKeys = new Set(Object.keys(pluginConfigSchema.shape).map(toYamlKey));
const conditionKeys = new Set(Object.keys(pluginConditionSchema.shape).map(toYamlKey));
const mcpKeys = new Set(Object.keys(mcpBlockSchema.shape));

/** Why keys of ContextForge do nothing here, where there is more to say than that. */
const dropped: Readonly<Record<string, string>> = {
  applied_to: 'does nothing here: `conditions` say where a plugin runs',
  max_content_size: 'does nothing here: `plugin_settings.max_payload_bytes` limits sizes',
};

/**
 * Rewrites one entry of `plugins`.
 * @param hooks names of the hooks that stay
 * @returns what to use instead, when the plugin has no counterpart
 */
export function migratePlugin(plugin: EditableMap, hooks: ReadonlySet<string>): string | undefined {
  const missing = migrateKind(plugin);
  if (missing !== undefined) return missing;
  migrateHooks(plugin, hooks);
  migrateMode(plugin);
  if (plugin.scalar('kind') === 'external') noteServerSettings(plugin);
  for (const condition of plugin.maps('conditions')) migrateCondition(condition);
  const mcp = plugin.map('mcp');
  if (mcp !== undefined) migrateMcp(mcp);
  for (const key of ['priority', 'mode', 'on_error']) {
    if (plugin.isNull(key)) plugin.remove(key, 'said nothing');
  }
  if (plugin.list('capabilities')?.items.length) {
    plugin.manual('capabilities', 'restricted the plugin; nothing enforces that here yet');
  }
  dropUnknown(plugin, pluginKeys);
  return undefined;
}

function migrateKind(plugin: EditableMap): string | undefined {
  for (const transport of ['grpc', 'unix_socket']) {
    if (plugin.keys().includes(transport) && !plugin.isNull(transport)) {
      return `serve it over MCP (stdio or Streamable HTTP) instead of ${transport}, with \`kind: external\` and \`mcp\``;
    }
  }
  const kind = plugin.scalar('kind');
  const known: ContextForgePlugin | undefined =
    typeof kind === 'string' ? contextForgePlugin(kind) : undefined;
  if (known === undefined) return undefined;
  if ('instead' in known) return known.instead;
  plugin.set('kind', known.package, `is the package ${known.package}: npm install ${known.package}`);
  return undefined;
}

function migrateHooks(plugin: EditableMap, known: ReadonlySet<string>): void {
  const hooks = plugin.list('hooks');
  if (hooks === undefined) {
    // The server of an external plugin said which hooks it has, as it does here.
    if (plugin.scalar('kind') !== 'external') {
      plugin.change(
        'hooks',
        'names no hook: the plugin never ran, and now runs on every hook that it implements',
      );
    }
    plugin.node.delete('hooks');
    return;
  }
  const unknown = hooks.items.filter((hook) => isScalar(hook) && !known.has(String(hook.value)));
  for (const hook of unknown) {
    plugin.change('hooks', `has ${String(isScalar(hook) && hook.value)}, which is not called here`);
    hooks.items.splice(hooks.items.indexOf(hook), 1);
  }
  if (hooks.items.length > 0) return;
  plugin.remove('hooks', 'is empty: the plugin never ran, and is disabled now');
  plugin.node.set('mode', 'disabled');
}

function migrateMode(plugin: EditableMap): void {
  const mode = plugin.scalar('mode');
  if (mode === 'sequential') plugin.set('mode', 'enforce', '`sequential` is `enforce` here');
  if (mode !== 'transform') return;
  plugin.set('mode', 'permissive', '`transform` is `permissive` here');
  if (plugin.scalar('on_error') === undefined) plugin.node.set('on_error', 'fail');
}

/** ContextForge takes from the plugin server what the file leaves open; here the file alone decides how a plugin runs. */
function noteServerSettings(plugin: EditableMap): void {
  const open = ['mode', 'priority', 'conditions', 'on_error'].filter(
    (key) => !plugin.keys().includes(key) || plugin.isNull(key),
  );
  if (open.length === 0) return;
  const names = open.map((key) => `\`${key}\``).join(', ');
  plugin.change('mcp', `what the plugin server says of ${names} does not count here: this file decides`);
}

function migrateCondition(condition: EditableMap): void {
  dropNulls(condition);
  dropUnknown(condition, conditionKeys);
  const patterns = condition.list('user_patterns');
  for (const pattern of patterns?.items ?? []) {
    if (!isScalar(pattern) || typeof pattern.value !== 'string') continue;
    const { value } = pattern;
    // ContextForge looks for the text anywhere in the user; here it is a regular expression for the whole.
    if (/[*+?^$[\](){}|\\]/.test(value)) {
      condition.manual(
        'user_patterns',
        `"${value}" was a plain text before; it is a regular expression for the whole user now`,
      );
    } else {
      const same = `.*${value.replaceAll('.', String.raw`\.`)}.*`;
      pattern.value = same;
      condition.change(
        'user_patterns',
        `"${value}" was looked for anywhere in the user; the same is "${same}"`,
      );
    }
  }
}

function migrateMcp(mcp: EditableMap): void {
  dropNulls(mcp);
  dropUnknown(mcp, mcpKeys);
  const proto = mcp.scalar('proto');
  if (typeof proto === 'string' && proto.toUpperCase() === 'HTTP') {
    mcp.set('proto', 'STREAMABLEHTTP', '`HTTP` is STREAMABLEHTTP');
  }
  const script = mcp.scalar('script');
  if (typeof script === 'string' && !script.startsWith('/') && !script.startsWith('$')) {
    mcp.change('script', 'starts from the folder of the configuration now, not from the working folder');
  }
}

function dropNulls(map: EditableMap): void {
  for (const key of map.keys()) if (map.isNull(key)) map.remove(key, 'said nothing');
}

/** Keys that ContextForge does not look at either. */
export function dropUnknown(map: EditableMap, known: ReadonlySet<string>): void {
  for (const key of map.keys()) {
    if (!known.has(key)) map.remove(key, dropped[key] ?? 'does nothing here');
  }
}
