import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

interface PrintConfigCommandOptions extends LayerOptions {
  readonly config?: string;
  readonly origins?: boolean;
  readonly json?: boolean;
}

/** `mcpplugins print-config` */
export const configurePrintConfig: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    addConfigOption(
      command.description(
        'Prints the configuration that is in effect: overlays merged, nothing started. Variables stay variables and ' +
          'secrets are hidden, so that the output can be shown to anybody.',
      ),
    ),
  )
    .option('--origins', 'write behind each value the file and line that it comes from')
    .option('--json', 'print every value with its origin as one JSON document')
    .action(
      action(async ({ config, origins = false, json = false, ...layers }: PrintConfigCommandOptions) => {
        const { printConfig } = await import('../print-config/print-config.js');
        return printConfig({ ...layers, config, origins, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins print-config -c plugins.yaml --origins', 'where does each value come from'],
      ['mcpplugins print-config --environment prod --overlay local.yaml', 'what two overlays make of it'],
    ],
    'mcpplugins validate plugins.yaml says what the plugins do with it',
  );
};
