import { addExamples, type ConfigureCommand } from '../command-context.js';

interface DemoCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** `mcpplugins demo` */
export const configureDemo: ConfigureCommand = (command, { terminal, action }) => {
  command
    .description(
      'Starts a real MCP server, calls it with a real MCP client, first directly and then through `mcpplugins run`, ' +
        'and prints both. Needs no network and no configuration. Ends with 0 only if the guard masked and blocked.',
    )
    .option(
      '-c, --config <file>',
      'try another configuration on the same calls (default: the one that comes with the demo)',
    )
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (options: DemoCommandOptions) => {
        const { demo } = await import('../demo/demo.js');
        return demo({ config: options.config, json: options.json === true }, terminal);
      }),
    );
  addExamples(
    command,
    [['mcpplugins demo', 'three calls, before and after']],
    'guard your own server, mcpplugins run --help',
  );
};
