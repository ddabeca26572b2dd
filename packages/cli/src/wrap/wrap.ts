import path from 'node:path';
import type { ExitCode } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { loadGuard } from '../guard/load-guard.js';
import type { Terminal } from '../terminal.js';
import { type ChangeOptions, changeClients } from './change-clients.js';
import { binPath, guardCommand, isInNpxCache } from './guard-command.js';
import type { DecideServer } from './plan-changes.js';
import { wordsOf } from './server-entry.js';
import { wrapEntry } from './wrap-entry.js';

/** What `wrap` takes. */
export interface WrapOptions extends ChangeOptions {
  /** Configuration of the plugins. */
  readonly config?: string | undefined;
}

/**
 * Puts `mcpplugins run` in front of the servers of client configurations. The plugins' configuration is loaded first: a
 * client whose server does not start says little about why.
 * @throws ConfigError, and what `changeClients` throws
 */
export async function wrap(options: WrapOptions, terminal: Terminal): Promise<ExitCode> {
  const config = findConfig(options.config, terminal);
  await loadGuard(config, terminal);
  const decide = decideWrap(path.resolve(terminal.cwd, config));
  const notes = isInNpxCache(binPath)
    ? [
        'this command lies in the cache of npx, which npm may empty; install it: npm install -g @mcpplugins/cli',
      ]
    : [];
  return changeClients(options, decide, { verb: 'wrap', notes }, terminal);
}

function decideWrap(config: string): DecideServer {
  return (entry, { name }, { text }) => {
    const { kind, command, args, reason = '' } = entry;
    if (kind === 'remote') {
      const way = `write it into \`servers:\` of the configuration and start: mcpplugins run -c FILE --server ${name}`;
      return { status: 'impossible', why: `remote (url): ${way}` };
    }
    if (kind === 'guarded') return { status: 'unchanged', why: 'is guarded already, by hand' };
    if (kind === 'wrapped')
      return { status: 'unchanged', why: `is wrapped already${configOf(wordsOf(args))}` };
    if (command === undefined || kind === 'unclear') {
      return { status: 'impossible', why: `cannot be wrapped: ${reason}` };
    }
    const edits = wrapEntry(text, { ...entry, command }, guardCommand(config, name));
    return { status: 'changed', why: `goes behind the plugins of ${config}`, edits };
  };
}

function configOf(words: readonly string[]): string {
  const config = words[words.indexOf('-c') + 1];
  return words.includes('-c') && config !== undefined ? `, with ${config}` : '';
}
