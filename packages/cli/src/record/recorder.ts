import { createWriteStream, openSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { FrameworkError, type Logger, type PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, type HookHost } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type RecordedCall, type RecordingHead, verdictOf } from './recording.js';

/** What `openRecorder` takes. */
export interface RecorderOptions {
  /** Absolute path of a file that does not exist yet. */
  readonly file: string;
  readonly config: string;
  readonly server: string | undefined;
  readonly logger: Logger;
}

/** Writes every hook call of a session to a file. */
export interface Recorder extends AsyncDisposable {
  /** The manager, for a gateway that then calls every hook: another configuration may have plugins where this one has none. */
  hostOf(manager: PluginManager): HookHost;
}

/**
 * Opens a recording. It holds payloads as they came to the hooks, secrets included: only its owner may read it.
 * @throws FrameworkError `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`
 */
export function openRecorder({ file, config, server, logger }: RecorderOptions): Recorder {
  const stream = createWriteStream(file, { fd: createFile(file) });
  let hasFailed = false;
  stream.on('error', (error) => {
    hasFailed = true;
    logger.error('the recording can no longer be written', { file, error: error.message });
  });
  const write = (line: RecordingHead | RecordedCall): void => {
    if (!hasFailed) stream.write(`${JSON.stringify(line)}\n`);
  };
  write({ recording: 1, started: new Date().toISOString(), config, server });
  let calls = 0;
  return {
    hostOf: (manager) => ({
      get initialized() {
        return manager.initialized;
      },
      hasHook: (hook) => isFired(hook) || manager.hasHook(hook),
      openRequest: (input) => {
        const request = manager.openRequest(input, { record: true });
        const { requestId, ...context } = request.global;
        return {
          global: request.global,
          has: (hook) => isFired(hook) || request.has(hook),
          close: () => request.close(),
          [Symbol.asyncDispose]: () => request[Symbol.asyncDispose](),
          invoke(hook, payload, options) {
            const call = ++calls;
            const time = new Date().toISOString();
            const asCame = JSON.stringify(payload);
            const answer = request.invoke(hook, payload, options);
            const keep = <Kept extends Awaited<typeof answer>>(outcome: Kept): Kept => {
              const name = typeof hook === 'string' ? hook : hook.name;
              write({
                call,
                request: requestId,
                time,
                context,
                hook: name,
                payload: JSON.parse(asCame) as unknown,
                outcome: verdictOf(outcome),
              });
              return outcome;
            };
            return answer instanceof Promise ? answer.then((outcome) => keep(outcome)) : keep(answer);
          },
        };
      },
    }),
    async [Symbol.asyncDispose]() {
      if (hasFailed) return;
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}

function isFired(hook: Parameters<PluginManager['hasHook']>[0]): boolean {
  return (gatewayHooks as readonly string[]).includes(typeof hook === 'string' ? hook : hook.name);
}

function createFile(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new FrameworkError<CliErrorCode>(
      exists ? 'OUTPUT_EXISTS' : 'OUTPUT_UNWRITABLE',
      exists ? `${file} is there already; a recording is never overwritten` : `cannot write ${file}`,
      { cause: error },
    );
  }
}
