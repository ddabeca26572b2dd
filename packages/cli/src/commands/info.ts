import { addExamples, type ConfigureCommand } from '../command-context.js';

/** `mcpplugins info` */
export const configureInfo: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Shows what an installed plugin says of itself: hooks, settings with their defaults, author, licence.',
    )
    .argument('<package>', 'npm package of the plugin, installed in this folder or above')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (plugin: string, { json = false }: { readonly json?: boolean }) => {
        const { info } = await import('../info/info.js');
        return info({ plugin, json }, terminal);
      }),
    );
  addExamples(command, [['mcpplugins info @mcpplugins/plugin-pii-filter', 'what the PII filter can do']]);
};
