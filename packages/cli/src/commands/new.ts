import { addTemplateOptions, type TemplateOptions } from '../bootstrap/template-option.js';
import { addExamples, type ConfigureCommand } from '../command-context.js';

/** `mcpplugins new` */
export const configureNew: ConfigureCommand = (command, { terminal, action }) => {
  addTemplateOptions(
    command
      .description(
        'Makes a plugin of your own in a new folder: code, tests, fixtures, manifest, configuration, container file. It passes its ' +
          'own tests as it is.',
      )
      .argument('<name>', 'name of the plugin and of its folder, as word-guard'),
  ).action(
    action(async (name: string, { template, author, defaults, dryRun, json }: TemplateOptions) => {
      const [{ bootstrap }, { parsePluginName }] = await Promise.all([
        import('../bootstrap/bootstrap.js'),
        import('../bootstrap/plugin-name.js'),
      ]);
      const destination = parsePluginName(name).kebab;
      const flags = { defaults: defaults === true, dryRun: dryRun === true, json: json === true };
      return bootstrap({ destination, name, template, author, ...flags }, terminal);
    }),
  );
  addExamples(
    command,
    [
      ['mcpplugins new word-guard', 'in TypeScript, in the process of the host'],
      ['mcpplugins new word-guard --template python', 'a plugin server in Python'],
    ],
    'mcpplugins dev, in the new folder',
  );
};
