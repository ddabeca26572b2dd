import { addTemplateOptions, type TemplateOptions } from '../bootstrap/template-option.js';
import { addExamples, type ConfigureCommand } from '../command-context.js';

interface BootstrapCommandOptions extends TemplateOptions {
  readonly destination: string;
  readonly name?: string;
}

/** `mcpplugins bootstrap` */
export const configureBootstrap: ConfigureCommand = (command, { terminal, action }) => {
  addTemplateOptions(
    command
      .description(
        'Makes a plugin of your own, as `new` does, in a folder of any name that is empty or does not exist.',
      )
      .option('-d, --destination <folder>', 'folder to make', '.')
      .option('--name <name>', 'name of the plugin (default: that of the folder)'),
  ).action(
    action(async (options: BootstrapCommandOptions) => {
      const { bootstrap } = await import('../bootstrap/bootstrap.js');
      const { defaults, dryRun, json } = options;
      const flags = { defaults: defaults === true, dryRun: dryRun === true, json: json === true };
      return bootstrap({ ...options, ...flags }, terminal);
    }),
  );
  addExamples(command, [
    ['mcpplugins bootstrap --destination ./my-security-plugin', 'as in the specification'],
    ['mcpplugins bootstrap -d guards/first --name word-guard --template go --defaults', 'asks nothing'],
  ]);
};
