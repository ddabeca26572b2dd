import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';

interface TestCommandOptions {
  readonly config?: string;
  readonly update?: boolean;
  readonly json?: boolean;
}

/** `mcpplugins test` */
export const configureTest: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .description(
        'Runs fixtures: hook calls with the outcome that each must have. Ends with 0 if all are as expected, with 1 if one is ' +
          'not, with 2 if a file cannot be used.',
      )
      .argument(
        '[files...]',
        'files of fixtures, YAML or JSON (default: *.fixtures.yaml, .yml, .json here and in fixtures, test and tests)',
      ),
  )
    .option('--update', 'write the outcomes into the files as what is expected; comments stay')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (files: readonly string[], { config, update, json }: TestCommandOptions) => {
        const { test } = await import('../test/test.js');
        return test({ files, config, update: update === true, json: json === true }, terminal);
      }),
    );
  addExamples(command, [
    ['mcpplugins test', 'everything in this folder'],
    [
      'mcpplugins test words.fixtures.yaml --update',
      'take what comes out as what is expected, then read the diff',
    ],
    ['mcpplugins test --json', 'for scripts and CI'],
  ]);
};
