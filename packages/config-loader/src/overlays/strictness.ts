import { isDeepStrictEqual } from 'node:util';

/** What a plugin of a mode does, from no to yes: more of each is stricter. */
interface Strength {
  readonly runs: 0 | 1;
  /** The outcome waits for it. */
  readonly waitsFor: 0 | 1;
  readonly modifies: 0 | 1;
  readonly blocks: 0 | 1;
}

const observer: Strength = { runs: 1, waitsFor: 1, modifies: 0, blocks: 0 };
const guard: Strength = { runs: 1, waitsFor: 1, modifies: 1, blocks: 1 };

/** @see the mode table of the documentation */
const strengths: Readonly<Record<string, Strength>> = {
  disabled: { runs: 0, waitsFor: 0, modifies: 0, blocks: 0 },
  fire_and_forget: { ...observer, waitsFor: 0 },
  audit: observer,
  permissive: { ...observer, modifies: 1 },
  transform: { ...observer, modifies: 1 },
  concurrent: { ...observer, blocks: 1 },
  enforce_ignore_error: guard,
  enforce: guard,
  sequential: guard,
};

const failByDefault = new Set(['enforce', 'sequential', 'transform', 'concurrent']);
const errorActionRank: Readonly<Record<string, number>> = { disable: 0, ignore: 1, fail: 2 };

/** The plain values of a plugin entry that decide how strict it is. */
export type PluginValues = Readonly<Record<string, unknown>>;

/** Whether a mode does everything that another one does. */
export function isModeAtLeast(mode: unknown, than: unknown): boolean {
  const left = strengths[typeof mode === 'string' ? mode : 'enforce'];
  const right = strengths[typeof than === 'string' ? than : 'enforce'];
  // A mode that does not exist is the business of the schema.
  if (left === undefined || right === undefined) return true;
  return (Object.keys(right) as (keyof Strength)[]).every((key) => left[key] >= right[key]);
}

/** What an error of a plugin does, from 0 (switches it off) to 2 (blocks). */
export function errorActionOf(
  { on_error: written, mode = 'enforce' }: PluginValues,
  failOnPluginError: boolean,
): number {
  if (typeof written === 'string') return errorActionRank[written] ?? 0;
  return failOnPluginError || failByDefault.has(String(mode)) ? 2 : 1;
}

/** Whether a list of conditions lets a plugin run wherever another one lets it run. */
export function conditionsCover(conditions: unknown, others: unknown): boolean {
  return coversList(conditions, others, (list) => list.length === 0);
}

/** Whether a list of hooks has every hook of another one. */
export function hooksCover(hooks: unknown, others: unknown): boolean {
  return coversList(hooks, others, () => false);
}

/** Null and a list for which `isAll` holds stand for everything. */
function coversList(list: unknown, others: unknown, isAll: (list: readonly unknown[]) => boolean): boolean {
  const left = Array.isArray(list) && !isAll(list) ? (list as readonly unknown[]) : undefined;
  const right = Array.isArray(others) && !isAll(others) ? (others as readonly unknown[]) : undefined;
  if (left === undefined) return true;
  return right !== undefined && right.every((one) => left.some((other) => isDeepStrictEqual(one, other)));
}
