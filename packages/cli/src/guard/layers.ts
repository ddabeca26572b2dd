import type { Command } from 'commander';
import { collectValues } from '../collect-values.js';

/** Options that lay further files over a configuration. */
export interface LayerOptions {
  readonly environment?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
}

/** Adds `--environment` and `--overlay` to a command that loads a configuration. */
export function addLayerOptions(command: Command): Command {
  return command
    .option('--environment <name>', 'lay NAME.<name>.yaml beside the configuration NAME.yaml over it')
    .option(
      '--overlay <file>',
      'lay FILE over the configuration; may be given several times, the last one wins',
      collectValues,
    );
}
