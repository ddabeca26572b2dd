import { FrameworkError } from '@mcpplugins/framework-core';
import type { Diagnostic } from './diagnostic.js';
import { formatDiagnostics } from './format-diagnostics.js';

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigError extends FrameworkError<'CONFIG_FILE_INVALID'> {
  override readonly name = 'ConfigError';
  /** All errors of the run, sorted by position. Not empty. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super('CONFIG_FILE_INVALID', formatDiagnostics(diagnostics));
    this.diagnostics = diagnostics;
  }
}

/** Whether something that was thrown is a `ConfigError`, from whichever copy of this package. */
export function isConfigError(thrown: unknown): thrown is ConfigError {
  return FrameworkError.is(thrown, 'CONFIG_FILE_INVALID') && 'diagnostics' in thrown;
}
