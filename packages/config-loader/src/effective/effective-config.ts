import { type Diagnostic, diagnosticAt, diagnosticFor, type Finding } from '../errors/diagnostic.js';
import { pluginName } from '../overlays/merge-trees.js';
import { formatPath } from '../schema/spelling.js';
import type { MapNode } from '../yaml/tree.js';
import { type ConfigChange, diffTrees } from './diff.js';
import { effectiveValue, type EffectiveValue, leavesOf } from './effective-value.js';
import { type PrintOptions, treeToYaml } from './to-yaml.js';

/** A configuration with its overlays merged and its variables filled in, of which nothing secret can be read. */
export class EffectiveConfig {
  readonly #tree: MapNode;

  constructor(tree: MapNode) {
    this.#tree = tree;
  }

  /** Every value with the file, line and column that it comes from. */
  values(): readonly EffectiveValue[] {
    return [...leavesOf(this.#tree)].map(effectiveValue);
  }

  /** The whole as YAML, on request with the origin of each value behind it. */
  toYaml(options?: PrintOptions): string {
    return treeToYaml(this.#tree, options);
  }

  /** What is different in another configuration. */
  changesTo(other: EffectiveConfig): readonly ConfigChange[] {
    return diffTrees(this.#tree, other.#tree);
  }

  /**
   * A diagnostic at the entry of a plugin, for findings of somebody else, such as the manager that starts it.
   * @param keys keys of the entry in order of preference; the first that is there is pointed at, otherwise the name
   */
  diagnose<Code extends string>(
    plugin: string | undefined,
    keys: readonly string[],
    finding: Omit<Finding<Code>, 'path'>,
  ): Diagnostic<Code> {
    const list = this.#tree.entries.get('plugins')?.value;
    const items = list?.kind === 'list' ? list.items : [];
    const index = items.findIndex((item) => plugin !== undefined && pluginName(item) === plugin);
    const entry = items[index];
    if (entry?.kind === 'map') {
      for (const key of [...keys, 'name']) {
        const place = entry.entries.get(key);
        if (place !== undefined) {
          return diagnosticAt(place.key, { ...finding, path: formatPath(['plugins', index, key]) });
        }
      }
    }
    return diagnosticFor(this.#tree.source.file, finding);
  }

  /** What `JSON.stringify` and loggers see: the same as `values`. */
  toJSON(): readonly EffectiveValue[] {
    return this.values();
  }
}
