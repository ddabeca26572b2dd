import type { PluginMode } from '../../src/index.js';
import { nameOf, type RandomPlugin, type RandomRun } from './random-plugins.js';

/** The mode table of the design (5.4) in one line a mode: may block, may modify, may respond, an error is final. */
const table: Readonly<Record<Exclude<PluginMode, 'disabled' | 'fire_and_forget'>, string>> = {
  enforce: 'block modify respond fail',
  enforce_ignore_error: 'block modify respond',
  permissive: 'modify respond',
  audit: '',
  sequential: 'block modify respond fail',
  transform: 'modify respond fail',
  concurrent: 'block fail',
};

/** What one call of a run must come to, when plugins run one after the other and nobody cancels. */
export interface ExpectedOutcome {
  readonly blockedBy: string | undefined;
  /** Plugins that marked the payload, in order; empty: it is as it was. */
  readonly marks: readonly string[];
  readonly respondedBy: string | undefined;
}

/** Plays a run through by the table. `off` holds plugins that an error switched off, from call to call. */
export function expectedOutcome(run: RandomRun, off: Set<string>): ExpectedOutcome {
  const marks: string[] = [];
  let respondedBy: string | undefined;
  for (const { name, plugin, may } of inOrder(run)) {
    if (off.has(name) || !runs(plugin, may)) continue;
    const { act } = plugin;
    const isError =
      !['nothing', 'modify', 'block', 'block_and_modify'].includes(act) &&
      !(act === 'respond' && may.includes('respond'));
    if (isError) {
      const action = plugin.onError ?? (run.failOnPluginError || may.includes('fail') ? 'fail' : 'ignore');
      if (action === 'disable') off.add(name);
      const carriesModification = act === 'garbage_with_modification' || act === 'not_writable';
      if (action === 'fail' || (carriesModification && may.includes('block'))) {
        return { blockedBy: name, marks: [], respondedBy: undefined };
      }
      continue;
    }
    if (act.startsWith('block') && may.includes('block')) {
      return { blockedBy: name, marks: [], respondedBy: undefined };
    }
    if ((act === 'modify' || act === 'block_and_modify') && may.includes('modify')) marks.push(name);
    if (act === 'respond') respondedBy ??= name;
  }
  return { blockedBy: undefined, marks, respondedBy };
}

function runs({ condition }: RandomPlugin, may: readonly string[]): boolean {
  return condition === 'none' || condition === 'match' || (condition === 'unknown' && may.includes('block'));
}

function inOrder({ plugins }: RandomRun) {
  return plugins
    .flatMap((plugin, index) => {
      const { mode } = plugin;
      if (mode === 'disabled' || mode === 'fire_and_forget') return [];
      return [{ plugin, name: nameOf(index), index, may: table[mode].split(' ') }];
    })
    .toSorted(
      (left, right) =>
        left.plugin.priority - right.plugin.priority ||
        Number(left.plugin.mode === 'concurrent') - Number(right.plugin.mode === 'concurrent') ||
        left.index - right.index,
    );
}
