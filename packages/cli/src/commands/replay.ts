import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { addLayerOptions, type LayerOptions } from '../guard/layers.js';

interface ReplayCommandOptions extends LayerOptions {
  readonly config?: string;
  readonly against?: string;
  readonly withExternal?: boolean;
  readonly json?: boolean;
}

/** `mcpplugins replay` */
export const configureReplay: ConfigureCommand = (command, { terminal, action }) => {
  addLayerOptions(
    addConfigOption(
      command
        .description(
          'Runs the plugins of a configuration on a session that `record` wrote, and shows which verdicts and changed paths come ' +
            'out differently. No server is called. Plugins behind plugin servers are refused, since the payloads would be sent ' +
            'to them. Ends with 0 if nothing differs, with 1 otherwise.',
        )
        .argument('<recording>', 'file that `mcpplugins record` wrote'),
    ),
  )
    .option('--against <file>', 'compare with another configuration, instead of what was decided then')
    .option('--with-external', 'call plugins behind plugin servers, too')
    .option('--json', 'print one JSON document instead of text')
    .action(
      action(async (recording: string, options: ReplayCommandOptions) => {
        const { replay } = await import('../replay/replay.js');
        const { withExternal = false, json = false } = options;
        return replay({ ...options, recording, withExternal, json }, terminal);
      }),
    );
  addExamples(command, [
    ['mcpplugins replay session.jsonl -c stricter.yaml', 'what a stricter configuration would have done'],
    [
      'mcpplugins replay session.jsonl -c new.yaml --against old.yaml --json',
      'two configurations, for scripts and CI',
    ],
  ]);
};
