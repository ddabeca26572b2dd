import fc from 'fast-check';
import { expect } from 'vitest';
import { modify, type Outcome, PluginManager } from '../../src/index.js';
import { toolPreInvoke } from '../../src/contracts/index.js';
import { isSame } from '../../src/payload/is-same.js';
import { anyHook, plugin, type TestHandler } from '../support/host.js';

type Args = Record<string, unknown>;

/** JSON with keys that break careless copies. */
const json = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<unknown>(0, 'text', null, true),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString'), tie('node'), {
      noNullPrototype: true,
    }),
  ),
})).node;

/** What a hostile plugin does. Those in `accepted` return a modification to `{ value }`. */
const accepted = [
  'modify',
  'modify_and_keep',
  'getter',
  'proxy',
  'own_freeze',
  'modify_in_place_then_return',
] as const;
const refused = [
  'nothing',
  'mutate',
  'mutate_everything_later',
  'throw_half_way',
  'reject_half_way',
  'other_hook',
  'cyclic',
  'getter_throws',
  'proxy_throws',
  'class_instance',
  'unknown_field',
  'other_name',
  'disguised_bytes',
] as const;

interface Hostile {
  readonly act: (typeof accepted)[number] | (typeof refused)[number];
  readonly value: unknown;
  readonly isAsync: boolean;
}

const hostile = fc.record<Hostile>({
  act: fc.constantFrom(...accepted, ...refused),
  value: json,
  isAsync: fc.boolean(),
});

const run = fc.record({
  args: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), json, { noNullPrototype: true }),
  plugins: fc.array(hostile, { minLength: 1, maxLength: 5 }),
  owned: fc.boolean(),
});

/** Plays random runs of hostile plugins: everybody sees exactly the modifications that were returned and accepted. */
export async function checkIsolation(numRuns: number): Promise<void> {
  const seed = Math.floor(Math.random() * 0x7fff_ffff);
  console.info(`isolation: ${numRuns} runs, seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(run, async ({ args, plugins, owned }) => {
      const later: (() => void)[] = [];
      const seen: unknown[] = [];
      const manager = await PluginManager.start({
        contracts: [toolPreInvoke],
        plugins: plugins.map((who, index) =>
          plugin(`p${index}`, watched(who, seen, later), { mode: 'permissive' }),
        ),
      });
      const payload = { name: 'echo', args: structuredCloneJson(args) };
      await using request = manager.openRequest({}, { record: true });
      const outcome = await request.invoke(anyHook, payload, { owned });
      for (const mutate of later) mutate();
      check(args, plugins, outcome, seen);
      if (!owned) checkHostObject(payload, args);
      expect(Object.keys(Object.prototype)).toEqual([]);
      await manager.shutdown();
    }),
    { numRuns, seed },
  );
}

function check(args: Args, plugins: readonly Hostile[], outcome: Outcome, seen: readonly unknown[]): void {
  let present: unknown = { name: 'echo', args };
  let isChanged = false;
  for (const [index, { act, value }] of plugins.entries()) {
    expect(isSame(seen[index], present)).toBe(true);
    const isModified = (accepted as readonly string[]).includes(act);
    const next = isModified ? { name: 'echo', args: { value } } : present;
    const record = outcome.decisions?.[index];
    expect(record?.verdict).toBe(isModified ? 'modify' : record?.status === 'ran' ? 'proceed' : undefined);
    expect(record?.changedPaths.length === 0).toBe(!isModified || isSame(present, next));
    isChanged ||= isModified;
    present = next;
  }
  expect(isSame(outcome.modifiedPayload, isChanged ? present : undefined)).toBe(true);
}

function checkHostObject(payload: object, args: Args): void {
  expect(isSame(payload, { name: 'echo', args })).toBe(true);
  expect(Object.isFrozen(payload)).toBe(false);
}

function watched(who: Hostile, seen: unknown[], later: (() => void)[]): TestHandler {
  return (payload) => {
    // What those before it kept is written to while it runs.
    for (const mutate of later) mutate();
    seen.push(payload);
    if (!who.isAsync) return play(who, payload, later);
    return Promise.resolve().then(() => play(who, payload, later));
  };
}

/** Writes wherever it can reach, without an error. */
function scribble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) scribble((value as Args)[key]);
  Reflect.set(value, 'forged', true);
  for (const key of Object.keys(value)) Reflect.set(value, key, 'forged');
  Reflect.deleteProperty(value, Object.keys(value)[0] ?? '');
  if (Array.isArray(value)) Reflect.set(value, 'length', 0);
}

function play({ act, value }: Hostile, payload: Readonly<Args>, later: (() => void)[]): unknown {
  const args: Args = { value: structuredCloneJson(value) };
  switch (act) {
    case 'nothing':
      return undefined;
    case 'modify':
      return modify({ ...payload, args });
    case 'modify_and_keep':
      later.push(() => scribble(args));
      return modify({ ...payload, args });
    case 'modify_in_place_then_return':
      scribble(payload);
      return modify({ ...payload, args });
    case 'own_freeze':
      return modify(Object.freeze({ ...payload, args: Object.freeze(args) }));
    case 'getter': {
      let reads = 0;
      const unstable = Object.defineProperty({}, 'value', {
        enumerable: true,
        get: () => (reads++ === 0 ? args['value'] : 'forged'),
      });
      return modify({ ...payload, args: unstable });
    }
    case 'proxy':
      return modify(new Proxy({ ...payload, args: new Proxy(args, {}) }, {}));
    case 'mutate':
      scribble(payload);
      return undefined;
    case 'mutate_everything_later':
      later.push(() => scribble(payload));
      return undefined;
    case 'throw_half_way':
      scribble(payload);
      throw new Error('half-way');
    case 'reject_half_way':
      scribble(payload);
      return Promise.reject(new Error('half-way'));
    case 'other_hook':
      return modify({ uri: 'file:///x', content: args });
    case 'cyclic':
      args['self'] = args;
      return modify({ ...payload, args });
    case 'getter_throws':
      return modify({ ...payload, args: Object.defineProperty(args, 'a', { enumerable: true, get: fail }) });
    case 'proxy_throws':
      return modify({ ...payload, args: new Proxy(args, { get: fail, ownKeys: fail }) });
    case 'class_instance':
      return modify({ ...payload, args: { value: new Map([['a', args]]) } });
    case 'unknown_field':
      return modify({ ...payload, arguments: args });
    case 'other_name':
      return modify({ ...payload, name: 'other', args });
    case 'disguised_bytes': {
      const bytes: object = Object.create(Uint8Array.prototype, { byteLength: { value: 0 } });
      return modify({ ...payload, args: { bytes } });
    }
  }
}

function fail(): never {
  throw new Error('trap');
}

/** `structuredClone` loses own `__proto__` keys; JSON keeps them. */
function structuredCloneJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
