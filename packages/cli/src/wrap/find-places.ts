import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { didYouMean, FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';
import { type ClientPlace, clientPlaces } from './client-places.js';
import { clientTable, usualSections } from './client-table.js';

/** Which client configurations a command works on. */
export interface PlaceChoice {
  /** Clients of the table; none: all. */
  readonly client?: readonly string[] | undefined;
  /** Files, instead of those of the table. */
  readonly file?: readonly string[] | undefined;
}

/**
 * The client configurations that are meant: the files that are named, or those of the table that are there.
 * @throws FrameworkError `INPUT_INVALID`, `CLIENT_CONFIG_NOT_FOUND`
 */
export function findPlaces({ client, file }: PlaceChoice, terminal: Terminal): readonly ClientPlace[] {
  if (client !== undefined && file !== undefined) {
    throw new FrameworkError<CliErrorCode>(
      'INPUT_INVALID',
      '--client and --file exclude each other: a file is used whoever reads it',
    );
  }
  const known = clientPlaces(terminal);
  if (file !== undefined) return distinct(file.map((name) => placeOf(name, known, terminal)));
  checkClients(client);
  const candidates = known.filter((place) => client?.includes(place.client) ?? true);
  const found = distinct(candidates.filter((place) => existsSync(place.file)));
  if (found.length > 0) return found;
  const looked = candidates.map((place) => `\n  ${place.title}: ${place.file}`).join('');
  throw new FrameworkError<CliErrorCode>(
    'CLIENT_CONFIG_NOT_FOUND',
    `there is no client configuration; looked for${looked}`,
  );
}

function checkClients(clients: readonly string[] = []): void {
  const ids = clientTable.map(({ id }) => id);
  const unknown = clients.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  throw new FrameworkError<CliErrorCode>(
    'INPUT_INVALID',
    `the client "${unknown}" is not known${didYouMean(unknown, ids)}; there are ${ids.join(', ')}; of others, name the file: --file`,
  );
}

function placeOf(name: string, known: readonly ClientPlace[], { cwd }: Terminal): ClientPlace {
  const file = path.resolve(cwd, name);
  const place = known.find((other) => other.file === file);
  if (!existsSync(file)) {
    throw new FrameworkError<CliErrorCode>('CLIENT_CONFIG_NOT_FOUND', `${file} does not exist`);
  }
  return place ?? { client: 'file', title: 'File', file, sections: usualSections, isShared: false };
}

/** Each file once: in the user's own folder the file of the user is also that of the project; links may lead to one file. */
function distinct(places: readonly ClientPlace[]): readonly ClientPlace[] {
  const targets = places.map(({ file }) => realpathSync(file));
  return places.filter((_, index) => targets.indexOf(targets[index] ?? '') === index);
}
