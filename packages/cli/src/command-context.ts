import type { Command } from 'commander';
import type { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** What a command gets when it is configured. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Makes a commander action of a function whose number becomes the exit code; what it throws is reported. */
  readonly action: <Values extends readonly unknown[]>(
    handler: (...values: Values) => Promise<ExitCode>,
  ) => (...values: unknown[]) => Promise<void>;
}

/** What each file in `commands/` exports: describes the command's arguments, options, help and action. */
export type ConfigureCommand = (command: Command, context: CommandContext) => void;

/** Appends examples and, if given, what to do next to the help of a command. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, purpose: string])[],
  next?: string,
): void {
  const lines = examples.map(([line, purpose]) => `  # ${purpose}\n  ${line}`);
  command.addHelpText(
    'after',
    `\nExamples:\n${lines.join('\n\n')}\n${next === undefined ? '' : `\nNext: ${next}\n`}`,
  );
}
