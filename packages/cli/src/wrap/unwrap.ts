import type { ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { type ChangeOptions, changeClients } from './change-clients.js';
import type { DecideServer } from './plan-changes.js';
import { unwrapEntry } from './wrap-entry.js';

/**
 * Takes away what `wrap` put in front of servers: their entries are again as they were, letter by letter, and what was
 * changed elsewhere in the file since stays.
 * @throws what `changeClients` throws
 */
export function unwrap(options: ChangeOptions, terminal: Terminal): ExitCode {
  return changeClients(options, decideUnwrap, { verb: 'unwrap', notes: [] }, terminal);
}

const decideUnwrap: DecideServer = (entry, _server, { text }) => {
  const { kind, command, args, originalIndex } = entry;
  if (command !== undefined && args !== undefined && originalIndex !== undefined) {
    const edits = unwrapEntry(text, { ...entry, command, args, originalIndex });
    return { status: 'changed', why: 'is started without guard again', edits };
  }
  if (kind === 'guarded') {
    return { status: 'impossible', why: 'was guarded by hand: take `mcpplugins run … --` out yourself' };
  }
  return { status: 'unchanged', why: 'is not wrapped' };
};
