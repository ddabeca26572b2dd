import { expect } from 'vitest';
import { type Diagnostic, isConfigError, loadConfig, type LoadConfigOptions } from '../../src/index.js';

/** Loads a file that must be refused and gives what was found in it. */
export async function diagnosticsOf(
  file: string,
  options?: LoadConfigOptions,
): Promise<readonly Diagnostic[]> {
  try {
    await loadConfig(file, options);
  } catch (error) {
    if (isConfigError(error)) return error.diagnostics;
    throw error;
  }
  return expect.unreachable(`${file} was accepted`);
}

/** The parts of a diagnostic that say where and what, as one line each. */
export function summary({ line, column, code, path, message, suggestion }: Diagnostic): string {
  return `${line}:${column} ${code} ${path}: ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`;
}
