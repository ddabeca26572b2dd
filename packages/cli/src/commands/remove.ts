import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';

/** `mcpplugins remove` */
export const configureRemove: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .description(
        'Takes a plugin out of the configuration, with the comment right above it. Its package stays installed; everything ' +
          'else in the file stays as it is.',
      )
      .argument('<name>', 'name of the plugin in the configuration'),
  )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(
        async (
          name: string,
          { config, json = false }: { readonly config?: string; readonly json?: boolean },
        ) => {
          const { remove } = await import('../edit/remove.js');
          return remove({ name, config, json }, terminal);
        },
      ),
    );
  addExamples(command, [['mcpplugins remove pii-filter -c plugins.yaml', 'take the plugin pii-filter out']]);
};
