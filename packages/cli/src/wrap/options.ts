import type { Command } from 'commander';
import { collectValues } from '../collect-values.js';
import { clientTable } from './client-table.js';

/** What commander makes of the options that `wrap` and `unwrap` have in common. */
export interface ClientOptions {
  readonly client?: readonly string[];
  readonly file?: readonly string[];
  readonly server?: readonly string[];
  readonly write?: boolean;
  readonly json?: boolean;
}

/** Adds the options that `wrap` and `unwrap` have in common. */
export function addClientOptions(command: Command): Command {
  const ids = clientTable.map(({ id }) => id).join(', ');
  return command
    .option('--client <name>', `only this client (${ids}); may be given several times`, collectValues)
    .option(
      '--file <file>',
      'this file instead, of whichever client; may be given several times',
      collectValues,
    )
    .option('--server <name>', 'only this server; may be given several times', collectValues)
    .option('--write', 'change the files, with a backup beside each')
    .option('--json', 'print one JSON document instead of text');
}
