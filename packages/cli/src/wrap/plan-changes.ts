import { didYouMean, FrameworkError } from '@mcpplugins/framework-core';
import { applyEdits, type Edit } from 'jsonc-parser';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { ClientConfig, ClientServer } from './client-config.js';
import { readEntry, type ServerEntry } from './server-entry.js';

/** What becomes of one server, and why. */
export interface ServerChange {
  readonly name: string;
  readonly status: 'changed' | 'unchanged' | 'impossible';
  readonly why: string;
}

/** What becomes of one client configuration. */
export interface FileChange {
  readonly config: ClientConfig;
  readonly servers: readonly ServerChange[];
  /** The new text, after `config.prefix`. */
  readonly text: string;
}

/** Whether a file becomes another one. */
export function isChanged({ config, text }: FileChange): boolean {
  return config.text !== text;
}

/** Decides about one server: edits where it changes. */
export type DecideServer = (
  entry: ServerEntry,
  server: ClientServer,
  config: ClientConfig,
) => Omit<ServerChange, 'name'> & { readonly edits?: readonly Edit[] };

/**
 * What becomes of client configurations when one decision is made about each server.
 * @param names servers to look at; undefined: all
 * @throws FrameworkError `CLIENT_CONFIG_INVALID`, `CLIENT_SERVERS_MISSING`, `CLIENT_SERVER_UNKNOWN`
 */
export function planChanges(
  configs: readonly ClientConfig[],
  names: readonly string[] | undefined,
  decide: DecideServer,
): readonly FileChange[] {
  checkNames(configs, names);
  return configs.map((config) => {
    const chosen = config.servers.filter(({ name }) => names?.includes(name) ?? true);
    const decisions = chosen.map((server) => ({
      name: server.name,
      ...decide(readEntry(server, config.place.file), server, config),
    }));
    const edits = decisions.flatMap((decision) => decision.edits ?? []);
    return {
      config,
      servers: decisions.map(({ name, status, why }) => ({ name, status, why })),
      text: applyEdits(config.text, [...edits]),
    };
  });
}

function checkNames(configs: readonly ClientConfig[], names: readonly string[] = []): void {
  const known = configs.flatMap(({ servers }) => servers.map(({ name }) => name));
  const files = configs.map(({ place }) => place.file).join(', ');
  if (known.length === 0) {
    const keys = configs.flatMap(({ place }) => place.sections.map((section) => section.join('.')));
    throw new FrameworkError<CliErrorCode>(
      'CLIENT_SERVERS_MISSING',
      `there is no server in ${files}, looked under ${[...new Set(keys)].join(', ')}`,
    );
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new FrameworkError<CliErrorCode>(
    'CLIENT_SERVER_UNKNOWN',
    `there is no server "${unknown}" in ${files}${didYouMean(unknown, known)}; there are ${[...new Set(known)].join(', ')}`,
  );
}
