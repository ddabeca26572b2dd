import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { addTarget, type KindOptions, operationOf } from '../guard/operation.js';

interface PlanCommandOptions extends KindOptions {
  readonly config?: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** `mcpplugins plan` */
export const configurePlan: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    addTarget(
      command.description(
        'Says which plugins run around an operation, in which order, and for every other plugin why it does not run. ' +
          'Nothing is started and no plugin sees anything.',
      ),
    ),
  )
    .option('--name <server>', 'name of the server, for `server_ids` in conditions')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (target: string, options: PlanCommandOptions) => {
        const { plan } = await import('../plan/plan.js');
        const { config, name: server, json = false } = options;
        return plan({ operation: operationOf(target, options), config, server, json }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins plan echo -c plugins.yaml', 'the tool `echo`'],
      ['mcpplugins plan review --prompt', 'the prompt `review`, with the configuration in this folder'],
    ],
    'mcpplugins explain echo --args \'{"message":"hello"}\' shows what they decide',
  );
};
