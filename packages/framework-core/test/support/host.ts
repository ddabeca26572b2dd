import {
  type Outcome,
  type PluginClass,
  type PluginConfigInput,
  type PluginContext,
  PluginManager,
  type PluginManagerOptions,
  type PluginRegistration,
  resolvePluginConfig,
} from '../../src/index.js';
import type { HostRequest } from '../../src/index.js';

/** A payload as tests read it. */
type AnyPayload = Readonly<Record<string, unknown>>;

/** A handler that may answer with anything. */
export type TestHandler = (payload: AnyPayload, context: PluginContext) => unknown;

/** What a test says about its plugin besides its name and handlers. */
export interface TestPluginOptions extends Partial<Omit<PluginConfigInput, 'name'>> {
  readonly initialize?: (() => unknown) | undefined;
  readonly shutdown?: (() => unknown) | undefined;
  readonly healthCheck?: (() => unknown) | undefined;
}

/** The hook that tests call when it does not matter which. */
export const anyHook = 'tool_pre_invoke';

/** A plugin of a test: one handler (for `tool_pre_invoke`) or several by hook name. */
export function plugin(
  name: string,
  handlers: TestHandler | Readonly<Record<string, unknown>>,
  { initialize, shutdown, healthCheck, ...config }: TestPluginOptions = {},
): PluginRegistration {
  return {
    config: { kind: 'test', ...config, name },
    load: () => classOf(handlers, { initialize, shutdown, healthCheck }),
  };
}

/** The class of such a plugin. A new one each time: a manager sees another plugin in it. */
export function classOf(
  handlers: TestHandler | Readonly<Record<string, unknown>>,
  life: Pick<TestPluginOptions, 'initialize' | 'shutdown' | 'healthCheck'> = {},
): PluginClass {
  class TestPlugin {
    readonly config;
    readonly hooks = typeof handlers === 'function' ? { [anyHook]: handlers } : handlers;

    constructor(config: PluginConfigInput) {
      this.config = resolvePluginConfig(config);
    }

    get name(): string {
      return this.config.name;
    }

    async initialize(): Promise<void> {
      await life.initialize?.();
    }

    async shutdown(): Promise<void> {
      await life.shutdown?.();
    }
  }
  const { healthCheck } = life;
  if (healthCheck !== undefined) {
    Object.assign(TestPlugin.prototype, {
      async healthCheck() {
        await healthCheck();
      },
    });
  }
  return TestPlugin;
}

/** A payload of `tool_pre_invoke`. */
export function toolCall(args: Readonly<Record<string, unknown>> = { text: 'hello' }, name = 'echo') {
  return { name, args };
}

/** Starts a manager for the length of a callback. */
export async function withManager<Value>(
  plugins: readonly PluginRegistration[],
  use: (manager: PluginManager) => Value | Promise<Value>,
  options: Omit<PluginManagerOptions, 'plugins'> = {},
): Promise<Value> {
  await using manager = await PluginManager.start({ ...options, plugins });
  return await use(manager);
}

/** Opens a request with records for the length of a callback. */
export function withRequest<Value>(
  plugins: readonly PluginRegistration[],
  use: (request: HostRequest) => Value | Promise<Value>,
  options: Omit<PluginManagerOptions, 'plugins'> = {},
): Promise<Value> {
  return withManager(
    plugins,
    async (manager) => {
      await using request = manager.openRequest({}, { record: true });
      return await use(request);
    },
    options,
  );
}

/** One call of `tool_pre_invoke`, with decision records in the outcome. */
export function callOnce(
  plugins: readonly PluginRegistration[],
  options: Omit<PluginManagerOptions, 'plugins'> & { readonly args?: Readonly<Record<string, unknown>> } = {},
): Promise<Outcome> {
  const { args, ...rest } = options;
  return withRequest<Outcome>(plugins, (request) => request.invoke(anyHook, toolCall(args)), rest);
}

/** Records as short texts: `plugin status verdict|reason code`. */
export function recordsOf({ decisions = [] }: Outcome): string[] {
  return decisions.map(({ plugin: name, status, verdict, reason, code }) =>
    [name, status, verdict, reason, code].filter((part) => part !== undefined).join(' '),
  );
}

/** A promise and what settles it, for tests that decide when. */
export function deferred<Value = void>() {
  let resolve: (value: Value | PromiseLike<Value>) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** Lets every microtask that is due run. */
export async function settleMicrotasks(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}
