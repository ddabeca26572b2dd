import path from 'node:path';
import {
  type HostRequest,
  type Logger,
  type Outcome,
  type PluginConfigInput,
  PluginManager,
  resolvePluginConfig,
} from '@mcpplugins/framework-core';
import { externalKind, type ExternalKindOptions } from '@mcpplugins/external-client';

/** Folder of the configuration. */
const fixtures = path.join(import.meta.dirname, '../fixtures');

/** A host with one external plugin. */
export interface TestHost extends AsyncDisposable {
  readonly manager: PluginManager;
  readonly request: HostRequest;
  /** What was logged, all levels. */
  readonly log: readonly string[];
  /** Calls `tool_pre_invoke`. */
  call(args?: Readonly<Record<string, unknown>>): Promise<Outcome>;
  /** Calls until an answer continues. */
  callUntilGood(): Promise<Outcome>;
}

/** What `startHost` takes besides the `mcp` block. */
export interface TestHostOptions extends ExternalKindOptions {
  readonly config?: Partial<PluginConfigInput>;
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** Starts a host with one plugin named `guard`, in `enforce`, with a second for each call. */
export async function startHost(
  mcp: Readonly<Record<string, unknown>>,
  { config, env = {}, directory = fixtures, ...options }: TestHostOptions = {},
): Promise<TestHost> {
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const kind = externalKind({ logger, closeGraceMs: 200, ...options });
  const input: PluginConfigInput = {
    name: 'guard',
    kind: 'external',
    timeout: 1,
    mcp: { ...mcp },
    ...config,
  };
  const context = { directory, env, file: path.join(directory, 'plugins.yaml') };
  const manager = await PluginManager.start({
    plugins: [{ config: input, load: () => kind(resolvePluginConfig(input), context) }],
    logger,
  });
  const request = manager.openRequest({ requestId: 'r1', user: 'ada' });
  const call = async (args: Readonly<Record<string, unknown>> = {}) =>
    request.invoke('tool_pre_invoke', { name: 'echo', args });
  return {
    manager,
    request,
    log,
    call,
    async callUntilGood() {
      for (;;) {
        const outcome = await call();
        if (outcome.continueProcessing) return outcome;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      request.close();
      await manager.shutdown();
    },
  };
}

/** The code of the error behind a refusal. */
export function errorCodeOf({ violation }: Outcome): unknown {
  return violation?.code === 'PLUGIN_ERROR' ? violation.details?.['error'] : violation?.code;
}

/** Whether a process is there. */
export function isAlive(pid: unknown): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}
