import { isDeepStrictEqual } from 'node:util';
import type { DiagnosticList } from '../errors/diagnostic.js';
import type { Span } from '../source/source-text.js';
import { formatPath } from '../schema/spelling.js';
import { describeNode, type ListNode, type MapNode, toValue, type TreeNode } from '../yaml/tree.js';
import { pluginName } from './merge-trees.js';
import {
  conditionsCover,
  errorActionOf,
  hooksCover,
  isModeAtLeast,
  type PluginValues,
} from './strictness.js';

/** What a plugin says about itself, which an overlay may change. */
const describing = new Set(['name', 'description', 'author', 'version', 'tags']);

/** Reports what an overlay changes on locked plugins other than making them stricter. */
export function checkLocks(before: MapNode, overlay: MapNode, after: MapNode, found: DiagnosticList): void {
  for (const locked of pluginsOf(before)) {
    const name = pluginName(locked);
    if (name === undefined || toValue(locked.entries.get('locked')?.value ?? locked) !== true) continue;
    const index = pluginsOf(after).findIndex((plugin) => pluginName(plugin) === name);
    const now = pluginsOf(after)[index];
    const { line } = locked.source.positionOf(locked.start);
    const owner = `"${name}" is locked in ${locked.source.file}:${line}`;
    if (now === undefined) {
      found.add(overlay.entries.get('plugins')?.key ?? overlay, {
        code: 'PLUGIN_LOCKED',
        path: 'plugins',
        message: `${owner}: an overlay cannot remove it`,
      });
      continue;
    }
    checkPlugin(locked, now, before, after, (key, message) => {
      found.add(placeOf(key, now, overlay, name), {
        code: 'PLUGIN_LOCKED',
        path: formatPath(['plugins', index, key]),
        message: `${owner}: ${message}`,
        suggestion:
          'An overlay may only make a locked plugin stricter: more hooks, fewer conditions, a stronger mode.',
      });
    });
  }
}

function checkPlugin(
  locked: MapNode,
  now: MapNode,
  before: MapNode,
  after: MapNode,
  complain: (key: string, message: string) => void,
): void {
  const old = toValue(locked) as PluginValues;
  const fresh = toValue(now) as PluginValues;
  if (!isModeAtLeast(fresh['mode'], old['mode'])) {
    complain('mode', `the mode ${modeOf(locked)} must not become ${modeOf(now)}`);
  } else if (errorActionOf(fresh, failsOnError(after)) < errorActionOf(old, failsOnError(before))) {
    complain('on_error', 'an error of the plugin would no longer have the effect that it has');
  }
  if (fresh['allow_disable'] === true && old['allow_disable'] !== true) {
    complain('allow_disable', 'errors must not be allowed to switch it off');
  }
  if (!hooksCover(fresh['hooks'], old['hooks'])) complain('hooks', 'hooks must not be taken away');
  if (!conditionsCover(fresh['conditions'], old['conditions'])) {
    complain('conditions', 'it must keep running wherever it runs');
  }
  const judged = new Set(['mode', 'on_error', 'allow_disable', 'hooks', 'conditions', ...describing]);
  for (const key of new Set([...locked.entries.keys(), ...now.entries.keys()])) {
    if (!judged.has(key) && !isDeepStrictEqual(old[key], fresh[key]))
      complain(key, `\`${key}\` must not change`);
  }
}

function modeOf({ entries }: MapNode): string {
  const mode = entries.get('mode');
  return mode === undefined ? 'enforce' : describeNode(mode.value);
}

function failsOnError(tree: MapNode): boolean {
  const settings = tree.entries.get('plugin_settings')?.value;
  if (settings?.kind !== 'map') return false;
  const value = settings.entries.get('fail_on_plugin_error')?.value;
  return value?.kind === 'scalar' && value.value === true;
}

/** Where the overlay says something about a plugin, or takes it away. */
function placeOf(key: string, now: MapNode, overlay: MapNode, name: string): Span {
  const own = pluginsOf(overlay).find((plugin) => pluginName(plugin) === name);
  return (
    own?.entries.get(key)?.value ?? own?.entries.get('name')?.value ?? now.entries.get(key)?.value ?? overlay
  );
}

function pluginsOf(tree: MapNode): readonly MapNode[] {
  const list: TreeNode | undefined = tree.entries.get('plugins')?.value;
  return list?.kind === 'list' ? maps(list) : [];
}

function maps({ items }: ListNode): readonly MapNode[] {
  return items.filter((item) => item.kind === 'map');
}
