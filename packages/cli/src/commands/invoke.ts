import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { readJsonFile } from '../guard/read-json.js';

interface InvokeCommandOptions {
  readonly config?: string;
  readonly payload: string;
  readonly name?: string;
  readonly user?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/** `mcpplugins invoke` */
export const configureInvoke: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .description(
        'Runs the plugins of one hook on a payload and prints the outcome: the payload as it would go on, the refusal, or the ' +
          'answer in place of the server, and what each plugin decided.',
      )
      .argument('<hook>', 'name of the hook, as tool_pre_invoke')
      .requiredOption('--payload <file>', 'file with the payload of the hook, as JSON'),
  )
    .option('--name <server>', 'name of the server, for conditions and plugins')
    .option('--user <name>', 'who is asking, for conditions and plugins')
    .option('--tenant <id>', 'tenant of who is asking, for conditions and plugins')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (hook: string, options: InvokeCommandOptions) => {
        const { invoke } = await import('../invoke/invoke.js');
        const { config, name: serverId, user, tenant: tenantId, json = false } = options;
        const payload = readJsonFile(options.payload, '--payload', terminal);
        return invoke({ hook, payload, config, identity: { serverId, user, tenantId }, json }, terminal);
      }),
    );
  addExamples(command, [
    [
      'mcpplugins invoke tool_pre_invoke --payload call.json -c plugins.yaml',
      'call.json: {"name":"echo","args":{"message":"hello"}}',
    ],
    ['mcpplugins invoke tool_post_invoke --payload answer.json --user ada@example.com --json', 'for scripts'],
  ]);
};
