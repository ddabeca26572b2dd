import { createWriteStream, openSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { FrameworkError, type Logger, type Observer } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';

/** Writes decisions to a file as they are made. */
export interface DecisionLog extends AsyncDisposable {
  /** To be given to the manager. */
  readonly observer: Observer;
}

/** What `openDecisionLog` takes. */
export interface DecisionLogOptions {
  /** Absolute path; lines are appended. */
  readonly file: string;
  readonly logger: Logger;
  /** Milliseconds since the epoch; tests pass their own clock. */
  readonly now?: () => number;
}

/**
 * Opens a file of decisions: one JSON object a line and step, `{ time, request, server, hook, target, plugin, mode, status, … }`,
 * the fields of a decision record in snake_case. Names and paths only, never values of a payload.
 * @throws FrameworkError `DECISIONS_FILE_UNWRITABLE`
 */
export function openDecisionLog({ file, logger, now = Date.now }: DecisionLogOptions): DecisionLog {
  const stream = createWriteStream(file, { fd: openForAppend(file) });
  let hasFailed = false;
  stream.on('error', (error) => {
    hasFailed = true;
    logger.error('decisions can no longer be written', { file, error: error.message });
  });
  return {
    observer: {
      onDecisions(records, requestId) {
        if (hasFailed || records.length === 0) return;
        const time = new Date(now()).toISOString();
        const lines = records.map((record) =>
          JSON.stringify({
            time,
            request: requestId,
            server: record.serverId,
            hook: record.hook,
            target: record.target,
            plugin: record.plugin,
            version: record.version,
            mode: record.mode,
            status: record.status,
            reason: record.reason,
            verdict: record.verdict,
            code: record.code,
            changed_paths: record.changedPaths,
            duration_ms: record.durationMs,
          }),
        );
        stream.write(`${lines.join('\n')}\n`);
      },
    },
    async [Symbol.asyncDispose]() {
      if (hasFailed) return;
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}

function openForAppend(file: string): number {
  try {
    // Decisions name tools and plugins of one user: others need not read them.
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new FrameworkError<CliErrorCode>('DECISIONS_FILE_UNWRITABLE', `cannot write decisions to ${file}`, {
      cause: error,
    });
  }
}
