import type { LoadedConfig } from '@mcpplugins/config-loader';
import { type PluginConfig, resolvePluginConfig } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Doubt } from './doubt.js';
import { isGuarding, mayRefuse } from './mode-groups.js';

/** Condition fields that only hooks with these beginnings of their names have. */
const hooksByField = {
  tools: 'tool_',
  prompts: 'prompt_',
  resources: 'resource_',
  agents: 'agent_',
} as const;

/** What a configuration says of its plugins that is allowed and likely to be a mistake. */
export function checkSettings(config: LoadedConfig): readonly Doubt[] {
  const plugins = config.plugins.map((registration) => resolvePluginConfig(registration.config));
  return plugins.flatMap((plugin) => [
    ...checkMode(plugin),
    ...checkOrder(plugin, plugins),
    ...checkConditions(plugin),
  ]);
}

function checkMode({ name, mode, onError }: PluginConfig): readonly Doubt[] {
  if (mode === 'disabled') return [doubt(name, 'PLUGIN_DISABLED', 'does not run: `mode: disabled`')];
  const found: Doubt[] = [];
  if (!mayRefuse(mode)) {
    const also = isGuarding(mode) ? '; its changes apply' : '';
    found.push(doubt(name, 'GUARD_ONLY_WATCHES', `in \`mode: ${mode}\` it refuses nothing${also}`));
  }
  const failsOpen = onError === undefined ? mode === 'enforce_ignore_error' : onError !== 'fail';
  if (mayRefuse(mode) && failsOpen) {
    const why = onError === undefined ? `mode: ${mode}` : `on_error: ${onError}`;
    found.push(doubt(name, 'GUARD_FAILS_OPEN', `when it fails, the call goes through unguarded: \`${why}\``));
  }
  return found;
}

function checkOrder(plugin: PluginConfig, plugins: readonly PluginConfig[]): readonly Doubt[] {
  if (plugin.mode === 'disabled' || isGuarding(plugin.mode)) return [];
  const later = plugins.filter(({ mode, priority }) => isGuarding(mode) && priority > plugin.priority);
  if (later.length === 0) return [];
  const names = later.map(({ name, priority }) => `${name} (${priority})`).join(', ');
  const message = `with priority ${plugin.priority} it sees what ${names} would have masked or refused`;
  return [doubt(plugin.name, 'ORDER_LEAKS', message)];
}

function checkConditions({ name, hooks, conditions, mode }: PluginConfig): readonly Doubt[] {
  if (hooks === undefined || mode === 'disabled') return [];
  const fields = (Object.keys(hooksByField) as (keyof typeof hooksByField)[]).filter((field) => {
    const isConstrained = conditions.some((condition) => (condition[field]?.length ?? 0) > 0);
    return isConstrained && !hooks.some((hook) => hook.startsWith(hooksByField[field]));
  });
  return fields.map((field) =>
    doubt(name, 'CONDITION_IGNORED', `\`${field}\` constrains nothing: it runs on ${hooks.join(', ')} only`),
  );
}

function doubt(plugin: string, code: CliErrorCode, message: string): Doubt {
  return { plugin, severity: 'warning', code, message: `plugin "${plugin}": ${message}` };
}
