import { didYouMean, FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';

/** The error of a name that is none of the servers of a configuration. */
export function serverUnknown(name: string, config: string, names: readonly string[]): FrameworkError {
  const known = names.length === 0 ? 'it has no `servers`' : `it has ${names.join(', ')}`;
  return new FrameworkError<CliErrorCode>(
    'SERVER_UNKNOWN',
    `${config} has no server "${name}"${didYouMean(name, names)}; ${known}`,
  );
}
