import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';

/** `mcpplugins list` */
export const configureList: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command.description(
      'Lists the plugins of a configuration, and installed plugin packages that it does not use.',
    ),
  )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async ({ config, json = false }: { readonly config?: string; readonly json?: boolean }) => {
        const { list } = await import('../list/list.js');
        return list({ config, json }, terminal);
      }),
    );
  addExamples(command, [['mcpplugins list -c plugins.yaml', 'what is configured, and what is there']]);
};
