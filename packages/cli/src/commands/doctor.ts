import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';

interface DoctorCommandOptions {
  readonly config?: string;
  readonly name?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `mcpplugins doctor` */
export const configureDoctor: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .usage('[options] [-- COMMAND…]')
      .description(
        'Says whether a guard is really on. Starts its plugins and shuts them down again, says who runs where, and points ' +
          "to what is likely to be a mistake, each with its fix. With -- and the server's command it also looks at what the " +
          'server has: conditions that match nothing, tools that nothing guards, names that shadow each other. For a ' +
          'configuration with `servers` it asks all of them, as `gateway --check` does. Calls no tool.',
      )
      .argument('[command...]', 'after --: the command of the server to look at'),
  )
    .option('--name <server>', 'name of the server, for `server_ids` in conditions')
    .option('--strict', 'end with 1 on warnings too')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (words: readonly string[], options: DoctorCommandOptions) => {
        const { doctor } = await import('../doctor/doctor.js');
        const { config, name: server, strict: isStrict = false, json = false } = options;
        return doctor({ config, server, command: words, isStrict, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins doctor -c plugins.yaml', 'the configuration and its plugins'],
      ['mcpplugins doctor -c plugins.yaml -- node server.js', 'the same against what a server has'],
      ['mcpplugins doctor -c gateway.yaml', 'the same against what the servers of a gateway have'],
    ],
    'mcpplugins explain TOOL shows what every plugin does about one call',
  );
};
