import { existsSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { Command } from 'commander';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

/** Names under which a configuration is found in the current folder, first one first. */
export const configNames = ['mcpplugins.yaml', 'plugins.yaml'] as const;

/** Adds `-c, --config` to a command that looks into the current folder when it is not given. */
export function addConfigOption(command: Command): Command {
  return command.option(
    '-c, --config <file>',
    `configuration (default: ${configNames.join(' or ')} in this folder)`,
  );
}

/**
 * The configuration that a command works on: the one that is given, or the one in the current folder.
 * @throws FrameworkError `CONFIG_NOT_GIVEN`
 */
export function findConfig(given: string | undefined, { cwd }: Terminal): string {
  const found = given ?? configNames.find((name) => existsSync(path.join(cwd, name)));
  if (found !== undefined) return found;
  throw new FrameworkError<CliErrorCode>(
    'CONFIG_NOT_GIVEN',
    `there is no ${configNames.join(' or ')} in ${cwd}`,
  );
}
