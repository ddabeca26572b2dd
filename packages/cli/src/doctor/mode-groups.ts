import type { PluginMode } from '@mcpplugins/framework-core';

const refusing: ReadonlySet<PluginMode> = new Set([
  'enforce',
  'enforce_ignore_error',
  'sequential',
  'concurrent',
]);
const changing: ReadonlySet<PluginMode> = new Set([
  'enforce',
  'enforce_ignore_error',
  'sequential',
  'permissive',
  'transform',
]);

/** Whether a plugin of this mode may refuse. */
export function mayRefuse(mode: PluginMode): boolean {
  return refusing.has(mode);
}

/** Whether a plugin of this mode guards at all: may refuse or change. */
export function isGuarding(mode: PluginMode): boolean {
  return refusing.has(mode) || changing.has(mode);
}
