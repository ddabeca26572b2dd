import { FrameworkError } from '@mcpplugins/framework-core';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { loadClientConfig } from './client-config.js';
import { diffChange } from './diff-change.js';
import { findPlaces, type PlaceChoice } from './find-places.js';
import { formatChanges } from './format-changes.js';
import { type DecideServer, type FileChange, isChanged, planChanges } from './plan-changes.js';
import { replaceFile } from './replace-file.js';

/** What `wrap` and `unwrap` take alike. */
export interface ChangeOptions extends PlaceChoice {
  /** Names of servers; none: all. */
  readonly server?: readonly string[] | undefined;
  /** Whether to change the files; otherwise only the difference is shown. */
  readonly write: boolean;
  readonly json: boolean;
}

/** One file as it is reported. */
export interface FileReport {
  readonly change: FileChange;
  readonly diff: string;
  readonly backup: string | undefined;
}

/**
 * Shows or writes what becomes of client configurations. Every file is read and planned before the first is written.
 * Ends with 1 when a server that was named cannot be changed.
 * @throws FrameworkError `INPUT_INVALID`, `CLIENT_CONFIG_NOT_FOUND`, `CLIENT_CONFIG_INVALID`, `CLIENT_SERVERS_MISSING`,
 * `CLIENT_SERVER_UNKNOWN`, `OUTPUT_UNWRITABLE`
 */
export function changeClients(
  options: ChangeOptions,
  decide: DecideServer,
  { verb, notes }: { readonly verb: 'wrap' | 'unwrap'; readonly notes: readonly string[] },
  terminal: Terminal,
): ExitCode {
  const configs = findPlaces(options, terminal).map(loadClientConfig);
  const changes = planChanges(configs, options.server, decide);
  const reports: FileReport[] = [];
  for (const change of changes) {
    const diff = diffChange(change);
    const backup = options.write && isChanged(change) ? write(change, reports) : undefined;
    reports.push({ change, diff, backup });
  }
  if (options.json) {
    writeJson(terminal.stdout, asJson(reports, options.write, notes));
  } else {
    const style = styleFor(terminal.stdout, terminal.env);
    terminal.stdout.write(formatChanges(reports, { verb, notes, style, isWritten: options.write }));
  }
  const isAsked = options.server !== undefined;
  const isImpossible = changes.some(({ servers }) => servers.some(({ status }) => status === 'impossible'));
  return isAsked && isImpossible ? exitCodes.failure : exitCodes.ok;
}

function write({ config, text }: FileChange, earlier: readonly FileReport[]): string {
  const after = Buffer.from(config.prefix + text);
  try {
    return replaceFile({ file: config.place.file, before: config.bytes, after });
  } catch (error) {
    const written = earlier.filter(({ backup }) => backup !== undefined);
    if (!FrameworkError.is(error) || written.length === 0) throw error;
    const files = written.map(({ change }) => change.config.place.file).join(', ');
    throw new FrameworkError(error.code, `${error.message}; written before it: ${files}`, {
      cause: error.cause,
    });
  }
}

function asJson(reports: readonly FileReport[], isWritten: boolean, notes: readonly string[]) {
  return {
    ok: true,
    written: isWritten,
    files: reports.map(({ change: { config, servers }, diff, backup }) => ({
      client: config.place.client,
      file: config.place.file,
      changed: diff !== '',
      ...(backup !== undefined && { backup }),
      servers,
      diff,
    })),
    notes,
  };
}
