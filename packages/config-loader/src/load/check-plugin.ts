import { type AnyHookContract, FrameworkError } from '@mcpplugins/framework-core';
import { suggest } from '../errors/suggest.js';
import { compilePattern } from '../patterns/compile-pattern.js';
import { describeNode, type ScalarNode, type TreeNode } from '../yaml/tree.js';
import { type PluginEntry, report, textOf } from './plugin-entry.js';

/** Reports plugins whose names differ in nothing but letter case. */
export function checkNames(entries: readonly PluginEntry[]): void {
  const lines = new Map<string, number>();
  for (const entry of entries) {
    const name = textOf(entry, 'name');
    if (name === undefined) continue;
    const folded = name.value.toLowerCase();
    const first = lines.get(folded);
    if (first === undefined) {
      lines.set(folded, name.source.positionOf(name.start).line);
      continue;
    }
    report(entry, name, ['name'], {
      code: 'PLUGIN_NAME_DUPLICATE',
      message: `the plugin of line ${first} has the name ${describeNode(name)} already (letter case does not count)`,
      suggestion: 'Give each plugin a name of its own.',
    });
  }
}

/**
 * Reports hooks that nobody knows.
 * @param brought contracts of the plugin's class; undefined when its code was not imported
 */
export function checkHooks(
  entry: PluginEntry,
  hostHooks: readonly string[],
  brought: readonly AnyHookContract[] | undefined,
): void {
  const known = [...hostHooks, ...(brought ?? []).map(({ name }) => name)];
  for (const [index, hook] of textsOf(entry.node.entries.get('hooks')?.value)) {
    if (known.includes(hook.value)) continue;
    const suggestion = suggest(hook.value, known);
    // Without its code nobody can say which hooks a plugin brings along; a near miss is a mistake all the same.
    const severity = brought === undefined && suggestion === undefined ? 'warning' : 'error';
    report(entry, hook, ['hooks', index], {
      severity,
      code: 'HOOK_NAME_UNKNOWN',
      message: `unknown hook ${describeNode(hook)}${suggestion === undefined ? `; known: ${known.join(', ')}` : ''}`,
      suggestion,
    });
  }
}

/** Reports `user_patterns` that do not compile. */
export function checkPatterns(entry: PluginEntry): void {
  const conditions = entry.node.entries.get('conditions')?.value;
  for (const [index, condition] of conditions?.kind === 'list' ? conditions.items.entries() : []) {
    if (condition.kind !== 'map') continue;
    for (const [position, pattern] of textsOf(condition.entries.get('user_patterns')?.value)) {
      try {
        compilePattern(pattern.value);
      } catch (error) {
        if (!FrameworkError.is(error)) throw error;
        report(entry, pattern, ['conditions', index, 'user_patterns', position], {
          code: 'PATTERN_INVALID',
          message: `${describeNode(pattern)} is not a pattern: ${pattern.template === undefined ? error.message : 'it does not compile'}`,
          suggestion: 'Patterns are RE2: no back-references and no look-around; they match the whole user.',
        });
      }
    }
  }
}

function* textsOf(node: TreeNode | undefined): Iterable<[number, ScalarNode & { readonly value: string }]> {
  if (node?.kind !== 'list') return;
  for (const [index, item] of node.items.entries()) {
    if (item.kind === 'scalar' && typeof item.value === 'string' && item.value !== '') {
      yield [index, item as ScalarNode & { readonly value: string }];
    }
  }
}
