import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

/**
 * The JSON of an option: the text itself, or with `@` in front the file that has it.
 * @throws FrameworkError `INPUT_INVALID`
 */
export function readJsonOption(text: string, option: string, terminal: Terminal): unknown {
  if (!text.startsWith('@')) return parseJson(text, option);
  return readJsonFile(text.slice(1), option, terminal);
}

/**
 * The JSON of a file that an option names.
 * @throws FrameworkError `INPUT_INVALID`
 */
export function readJsonFile(file: string, option: string, { cwd }: Terminal): unknown {
  let text: string;
  try {
    text = readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw invalid(`${option}: ${file} cannot be read`, error);
  }
  return parseJson(text, `${option}: ${file}`);
}

/**
 * As `readJsonOption`, for an option whose JSON must be an object.
 * @throws FrameworkError `INPUT_INVALID`
 */
export function readObjectOption(
  text: string,
  option: string,
  terminal: Terminal,
): Readonly<Record<string, unknown>> {
  const value = readJsonOption(text, option, terminal);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw invalid(`${option} must be a JSON object, as {"message":"hello"}`);
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`${what} is not JSON`, error);
  }
}

function invalid(message: string, cause?: unknown): FrameworkError<CliErrorCode> {
  return new FrameworkError('INPUT_INVALID', message, { cause });
}
