import type { Command } from 'commander';
import { collectValues } from '../collect-values.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

/** What `login` and `logout` get from the command line. */
export interface LoginCommandOptions extends LayerOptions {
  readonly config: string;
  readonly servers?: readonly string[];
}

/** Adds what says at which servers to log in or out. */
export function addLoginOptions(command: Command): Command {
  return addLayerOptions(
    command
      .argument('[server]', 'name of the server in `servers`')
      .requiredOption('-c, --config <file>', 'configuration with `servers`'),
  ).option(
    '--servers <file>',
    'servers of a client configuration, too, as for `gateway`; may be given several times',
    collectValues,
  );
}
