import {
  anyHook,
  callOnce,
  plugin,
  recordsOf,
  type TestHandler,
  type TestPluginOptions,
  toolCall,
} from './host.js';

/** The two modes that each fault is held against. */
export const faultModes = ['enforce', 'permissive'] as const;

/** One of them. */
export type FaultMode = (typeof faultModes)[number];

/** The payload of a call that nobody changed. */
export const untouched = toolCall({ text: 'hello' });

/** Throws. */
export function throwing(): never {
  throw new Error('trap');
}

/** A proxy that throws whatever is asked of it. */
export function throwingProxy(target: object): object {
  return new Proxy(target, {
    get: throwing,
    has: throwing,
    ownKeys: throwing,
    getPrototypeOf: throwing,
    getOwnPropertyDescriptor: throwing,
  });
}

/** One call with a faulty plugin, and one after it that sees what it gets. */
export async function callWith(handler: TestHandler, options: TestPluginOptions = {}) {
  let seen: unknown;
  const logged: string[] = [];
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (text: string) => logged.push(text),
  };
  const plugins = [
    plugin('faulty', handler, options),
    plugin('next', (payload) => {
      seen = payload;
    }),
  ];
  const outcome = await callOnce(plugins, { args: { ...untouched.args }, logger });
  return { outcome, seen, logged };
}

/** What came of such a call, to compare with `policyOf`. */
export async function resultOf(handler: TestHandler, mode: FaultMode) {
  const { outcome, seen, logged } = await callWith(handler, { mode });
  const { violation, modifiedPayload } = outcome;
  return { record: recordsOf(outcome)[0], violation, modifiedPayload, seen, logs: logged.length };
}

/** What an error does: enforce blocks with the framework's violation, permissive goes on with the payload as it was. */
export function policyOf(mode: FaultMode, error: string): Awaited<ReturnType<typeof resultOf>> {
  const common = { modifiedPayload: undefined, logs: 1 };
  if (mode === 'permissive') {
    return {
      ...common,
      record: `faulty error error_ignored ${error}`,
      violation: undefined,
      seen: untouched,
    };
  }
  const violation = {
    code: 'PLUGIN_ERROR',
    reason: 'Plugin faulty failed',
    details: { error },
    plugin: 'faulty',
    hook: anyHook,
  };
  return { ...common, record: `faulty error ${error}`, violation, seen: undefined };
}
