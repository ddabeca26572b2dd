import { type Command, Option } from 'commander';

/** Adds `--log-level`. */
export function addLogLevel(command: Command): Command {
  return command.addOption(
    new Option('--log-level <level>', 'how much to say on stderr')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('info'),
  );
}
