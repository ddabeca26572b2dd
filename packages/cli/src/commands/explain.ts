import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { addTarget, type KindOptions, operationOf } from '../guard/operation.js';
import { readJsonOption, readObjectOption } from '../guard/read-json.js';

interface ExplainCommandOptions extends KindOptions {
  readonly config?: string;
  readonly args: string;
  readonly result?: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** `mcpplugins explain` */
export const configureExplain: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    addTarget(
      command
        .usage('[options] <target> [-- COMMAND…]')
        .description(
          'Makes one call and says of every configured plugin whether it ran or why not, what it decided, what it changed ' +
            'and how long it took. Dry: the plugins run on what you give them and no server is called. With -- and the ' +
            "server's command, the call is real.",
        ),
    ).argument('[command...]', 'after --: the command of the server to call'),
  )
    .option('--args <json>', 'arguments of the call, as JSON or @FILE', '{}')
    .option('--result <json>', 'dry calls: what the target answers, as JSON or @FILE')
    .option('--name <server>', 'name of the server, for `server_ids` in conditions')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (target: string, words: readonly string[], options: ExplainCommandOptions) => {
        const { explain } = await import('../explain/explain.js');
        const { config, name: server, json = false } = options;
        const args = readObjectOption(options.args, '--args', terminal);
        const result =
          options.result === undefined ? undefined : readJsonOption(options.result, '--result', terminal);
        const operation = operationOf(target, options);
        return explain({ operation, args, result, config, server, command: words, json }, terminal);
      }),
    );
  addExamples(command, [
    ['mcpplugins explain echo --args \'{"message":"SSN 123-45-6789"}\'', 'a dry call'],
    [
      'mcpplugins explain echo --args \'{"message":"hello"}\' -- node server.js',
      'a real call of the tool `echo` of a server',
    ],
    [
      'mcpplugins explain file:///notes.md --resource --result @answer.json',
      'what the answer would go through',
    ],
  ]);
};
