import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';

/** A name in the spellings that the languages want. */
export interface PluginNames {
  /** `word-guard` */
  readonly kebab: string;
  /** `word_guard` */
  readonly snake: string;
  /** `WordGuard` */
  readonly pascal: string;
}

/** Names that a module or crate cannot have, or that would hide one that the templates import. */
const takenNames: ReadonlySet<string> = new Set(
  (
    'and as assert async await break class continue def del elif else except false finally for from global if import in is ' +
    'lambda none nonlocal not or pass raise return true try while with yield alloc core crate fn self std super test tests main ' +
    'json mcp os sys typing unittest axum rmcp tokio zod'
  ).split(' '),
);

/**
 * Checks the name of a new plugin.
 * @throws FrameworkError `PLUGIN_NAME_INVALID`
 */
export function parsePluginName(name: string): PluginNames {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 50) {
    throw invalid(
      `"${name}" is not a name for a plugin: lower-case letters, digits and single hyphens, at most 50, as word-guard`,
    );
  }
  if (takenNames.has(name)) {
    throw invalid(`"${name}" means something else in one of the languages; add a word, as ${name}-guard`);
  }
  return {
    kebab: name,
    snake: name.replaceAll('-', '_'),
    pascal: name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
  };
}

function invalid(message: string): FrameworkError<CliErrorCode> {
  return new FrameworkError('PLUGIN_NAME_INVALID', message);
}
