import { addExamples, type ConfigureCommand } from '../command-context.js';
import { collectValues } from '../collect-values.js';

interface VerifyCommandOptions {
  readonly plugin?: readonly string[];
  readonly json?: boolean;
}

/** `mcpplugins verify` */
export const configureVerify: ConfigureCommand = (command, { terminal, action }) => {
  command
    .usage('[options] <url> | -- COMMAND…')
    .description(
      'Checks a plugin server, in whichever language it is written: tools, shapes, errors, limits. Says what hosts cannot ' +
        'work with and what to do about it. Ends with 0 if nothing fails; warnings are about some hosts only.',
    )
    .argument(
      '[target...]',
      'address of the server (http, https, ws, wss; one that ends in /sse is of the older HTTP transport); or, after --, the command that starts it',
    )
    .option('--plugin <name>', 'look at this plugin only; may be given several times', collectValues)
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (target: readonly string[], { plugin, json = false }: VerifyCommandOptions) => {
        const { verify } = await import('../verify/verify.js');
        return verify({ target, plugins: plugin, json }, terminal);
      }),
    );
  addExamples(command, [
    ['mcpplugins verify http://127.0.0.1:8000/mcp', 'a server that runs'],
    ['mcpplugins verify -- python3 my_guard.py', 'a server that hosts start'],
  ]);
};
