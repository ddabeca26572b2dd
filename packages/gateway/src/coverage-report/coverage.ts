import type { PluginMode } from '@mcpplugins/framework-core';

/** A server and what is known of it. A list that is missing is not known yet; what is not known may be anything. */
export interface CoveredServer {
  /** The host's name for it. */
  readonly name: string;
  readonly tools?: readonly string[] | undefined;
  readonly prompts?: readonly string[] | undefined;
  /** URIs of resources. A server may have others: templates make them. */
  readonly resources?: readonly string[] | undefined;
  /** Whether it is at a URL; a server that is a child process gets no HTTP requests. Undefined: not known. */
  readonly isRemote?: boolean | undefined;
}

/** A plugin on a hook: whether it runs, always, never, or depending on what is not known (who asks, which name). */
export interface CoverageStep {
  readonly plugin: string;
  readonly mode: PluginMode;
  readonly runs: 'always' | 'depends' | 'never';
}

/** Who runs on one hook of one operation of one server, in the order of the plan. */
export interface CoverageRow {
  readonly server: string;
  readonly method: string;
  /** Name of the tool or prompt, URI of the resource; undefined: any that is not known, or the method has none. */
  readonly target: string | undefined;
  readonly hook: string;
  readonly steps: readonly CoverageStep[];
}

/** A plugin whose conditions match nothing at all that there is. */
export interface NeverMatching {
  readonly plugin: string;
  /** The hooks on which it never runs. */
  readonly hooks: readonly string[];
  /** Whether there is no hook left on which it runs. */
  readonly isIdle: boolean;
}

/** What plugins cover: every server, method, hook and plugin. */
export interface Coverage {
  readonly rows: readonly CoverageRow[];
  readonly neverMatching: readonly NeverMatching[];
}

/** Modes of plugins that may refuse. */
const refusing: ReadonlySet<PluginMode> = new Set([
  'enforce',
  'enforce_ignore_error',
  'sequential',
  'concurrent',
]);

/** Operations with a name before which no plugin runs that may refuse, whatever is not known yet. */
export function unguardedIn({ rows }: Coverage): readonly CoverageRow[] {
  return rows.filter(
    ({ target, hook, steps }) =>
      target !== undefined &&
      hook.includes('_pre_') &&
      !steps.some(({ mode, runs }) => refusing.has(mode) && runs !== 'never'),
  );
}

/** Plugins of which some hook matches nothing in any row. */
export function neverMatchingIn(
  rows: readonly Pick<CoverageRow, 'hook' | 'steps'>[],
): readonly NeverMatching[] {
  const plugins = new Map<string, Map<string, boolean>>();
  for (const { hook, steps } of rows) {
    for (const { plugin, runs } of steps) {
      const hooks = plugins.get(plugin) ?? new Map<string, boolean>();
      plugins.set(plugin, hooks.set(hook, hooks.get(hook) === true || runs !== 'never'));
    }
  }
  return [...plugins].flatMap(([plugin, hooks]) => {
    const idle = [...hooks].filter(([, mayRun]) => !mayRun).map(([hook]) => hook);
    return idle.length === 0 ? [] : [{ plugin, hooks: idle, isIdle: idle.length === hooks.size }];
  });
}
