import fc from 'fast-check';
import {
  block,
  type ErrorAction,
  modify,
  type PluginCondition,
  type PluginMode,
  pluginModes,
  respond,
} from '../../src/index.js';
import { plugin, type TestHandler } from '../support/host.js';

/** What a random handler does, once it has let some microtasks go by. */
const acts = [
  'nothing',
  'modify',
  'block',
  'block_and_modify',
  'respond',
  'throw',
  'garbage',
  'garbage_with_modification',
  'mutate',
  'not_writable',
  'hang',
] as const;

/** One random plugin. */
export interface RandomPlugin {
  readonly mode: PluginMode;
  readonly onError: ErrorAction | undefined;
  readonly priority: number;
  readonly act: (typeof acts)[number];
  /** Microtasks before it answers; -1: it answers at once. */
  readonly turns: number;
  readonly condition: 'none' | 'match' | 'no_match' | 'unknown';
}

/** A random set of plugins, a configuration, and when the host cancels. */
export interface RandomRun {
  readonly plugins: readonly RandomPlugin[];
  readonly parallel: boolean;
  readonly failOnPluginError: boolean;
  /** Microtasks after which the host cancels; undefined: it does not. */
  readonly cancelAfter: number | undefined;
}

const randomPlugin = fc.record<RandomPlugin>({
  mode: fc.constantFrom(...pluginModes),
  onError: fc.constantFrom(undefined, undefined, 'fail', 'ignore', 'disable'),
  priority: fc.integer({ min: 0, max: 2 }),
  act: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('nothing', 'modify') },
    { weight: 2, arbitrary: fc.constantFrom(...acts) },
  ),
  turns: fc.integer({ min: -1, max: 5 }),
  condition: fc.constantFrom('none', 'none', 'none', 'match', 'no_match', 'unknown'),
});

/** Any set of up to six plugins. */
export const randomRun = fc.record<RandomRun>({
  plugins: fc.array(randomPlugin, { maxLength: 6 }),
  parallel: fc.boolean(),
  failOnPluginError: fc.boolean(),
  cancelAfter: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
});

const conditionsOf: Readonly<Record<RandomPlugin['condition'], readonly PluginCondition[]>> = {
  none: [],
  match: [{ tools: ['ec*'] }],
  no_match: [{ tools: ['other'] }],
  unknown: [{ serverIds: ['a'] }],
};

/** The name of the plugin at a place in the file. */
export function nameOf(index: number): string {
  return `p${index}`;
}

/** The plugins of a run; `onCall` hears of each call. */
export function pluginsOf({ plugins }: RandomRun, onCall: (name: string) => void) {
  return plugins.map(({ act, turns, mode, onError, priority, condition }, index) => {
    const name = nameOf(index);
    const answer = answerOf(act, name);
    const handler: TestHandler = (payload, context) => {
      onCall(name);
      return turns === -1 ? answer(payload, context) : later(turns, () => answer(payload, context));
    };
    return plugin(name, handler, {
      mode,
      ...(onError === undefined ? {} : { onError }),
      allowDisable: true,
      priority,
      timeout: 1,
      conditions: conditionsOf[condition],
    });
  });
}

async function later(turns: number, answer: () => unknown): Promise<unknown> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return answer();
}

function answerOf(act: RandomPlugin['act'], name: string): TestHandler {
  const changed = (payload: Readonly<Record<string, unknown>>) => ({
    ...payload,
    args: { ...(payload['args'] as object), [name]: true },
  });
  const violation = { code: name.toUpperCase(), reason: 'No' };
  switch (act) {
    case 'nothing':
      return () => undefined;
    case 'modify':
      return (payload) => modify(changed(payload));
    case 'block':
      return () => block(violation);
    case 'block_and_modify':
      return (payload) => ({ continueProcessing: false, violation, modifiedPayload: changed(payload) });
    case 'respond':
      return () => respond(name);
    case 'throw':
      return () => {
        throw new Error(name);
      };
    case 'garbage':
      return () => 7;
    case 'garbage_with_modification':
      return (payload) => ({ modifiedPayload: changed(payload) });
    case 'mutate':
      return (payload) => void Object.assign(payload['args'] as object, { [name]: true });
    case 'not_writable':
      return (payload) => modify({ ...payload, name: 'other' });
    case 'hang':
      return () => new Promise(() => undefined);
  }
}
