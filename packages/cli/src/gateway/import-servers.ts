import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import { serversSchema, type ServersSettings } from '@mcpplugins/gateway';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { CliErrorCode } from '../errors/error-codes.js';

/** Keys under which clients keep their servers. */
const serverKeys = ['mcpServers', 'servers'] as const;

/** What of a client's entry means something to a gateway; the rest (`disabled`, `alwaysAllow`, …) is the client's own business. */
const entryKeys = ['type', 'command', 'args', 'env', 'cwd', 'url', 'headers'] as const;

/**
 * The servers in the configuration of a client, or in any file of that shape: JSON with comments, `mcpServers` or `servers`.
 * @throws FrameworkError `SERVERS_FILE_INVALID`
 */
export function importServers(file: string, cwd: string): ServersSettings {
  const text = read(path.resolve(cwd, file), file);
  const errors: ParseError[] = [];
  const document: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined)
    throw invalid(`${file}:${lineOf(text, error.offset)} ${printParseErrorCode(error.error)}`);
  const servers = serversIn(document);
  if (servers === undefined) throw invalid(`${file} has neither \`mcpServers\` nor \`servers\``);
  const parsed = serversSchema.safeParse(servers);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function serversIn(document: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(document)) return undefined;
  const found = serverKeys.map((key) => document[key]).find((value) => isObject(value));
  if (found === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, entry]) => !(isObject(entry) && entry['disabled'] === true))
      .map(([name, entry]) => [name, isObject(entry) ? ownKeys(entry) : entry]),
  );
}

function ownKeys(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    entryKeys.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function read(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid(`${shown} cannot be read`, error);
  }
}

function invalid(message: string, cause?: unknown): FrameworkError<CliErrorCode> {
  return new FrameworkError('SERVERS_FILE_INVALID', message, { cause });
}
