import { type Command, Option } from 'commander';
import { type TemplateName, templateNames, templates } from './templates.js';

/** Options of a command that makes a plugin. */
export interface TemplateOptions {
  readonly template?: TemplateName;
  readonly author?: string;
  readonly defaults?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds what `new` and `bootstrap` have in common. */
export function addTemplateOptions(command: Command): Command {
  const list = templateNames.map((name) => `  ${name.padEnd(10)}  ${templates[name].summary}`).join('\n');
  return command
    .addOption(
      new Option('-t, --template <template>', 'what to start from (default: asked for, or native)').choices(
        templateNames,
      ),
    )
    .option('--author <name>', 'author, for the manifest')
    .option('--defaults', 'ask nothing, also on a terminal')
    .option('--dry-run', 'say what would be written, write nothing')
    .option('--json', 'print one JSON document instead of text')
    .addHelpText('after', `\nTemplates:\n${list}`);
}
