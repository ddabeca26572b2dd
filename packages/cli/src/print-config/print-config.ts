import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import type { LayerOptions } from '../guard/layers.js';
import { loadGuard } from '../guard/load-guard.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';

/** What `print-config` takes. */
export interface PrintConfigOptions extends LayerOptions {
  readonly config?: string | undefined;
  readonly origins: boolean;
  readonly json: boolean;
}

/**
 * Prints the configuration that is in effect, without secrets.
 * @throws ConfigError, and FrameworkError `CONFIG_NOT_GIVEN`
 */
export async function printConfig(options: PrintConfigOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const { effective, hash } = await loadGuard(file, terminal, options);
  if (options.json) writeJson(terminal.stdout, { ok: true, file, hash, values: effective.values() });
  else terminal.stdout.write(effective.toYaml({ origins: options.origins }));
  return exitCodes.ok;
}
