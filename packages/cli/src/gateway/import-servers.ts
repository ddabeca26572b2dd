import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import { serversSchema, type ServersSettings } from '@mcpplugins/gateway';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';
import { expandVariables } from './expand-variables.js';

/** Keys under which clients keep their servers. */
const serverKeys = ['mcpServers', 'servers'] as const;

/**
 * What of a client's entry means something to a gateway, by the name that it has here; the rest (`disabled`, `alwaysAllow`, …) is the
 * client's own business.
 */
const entryKeys: Readonly<Record<string, string>> = {
  type: 'type',
  command: 'command',
  args: 'args',
  env: 'env',
  cwd: 'cwd',
  url: 'url',
  httpUrl: 'url',
  serverUrl: 'url',
  headers: 'headers',
};

/**
 * The servers in the configuration of a client, or in any file of that shape: JSON with comments, `mcpServers` or `servers`.
 * @throws FrameworkError `SERVERS_FILE_INVALID` with file, line and column
 */
export function importServers(file: string, { cwd, env }: Pick<Terminal, 'cwd' | 'env'>): ServersSettings {
  const text = read(path.resolve(cwd, file), file);
  const fail = (message: string, offset = 0): never => {
    throw invalid(`${file}:${positionOf(text, offset)} ${message}`);
  };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) fail(printParseErrorCode(error.error), error.offset);
  const servers = serverKeys
    .map((key) => tree && findNodeAtLocation(tree, [key]))
    .find((node) => node?.type === 'object');
  if (servers === undefined) throw invalid(`${file} has neither \`mcpServers\` nor \`servers\``);
  const parsed = serversSchema.safeParse(readServers(servers, env, fail));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const location = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  const node = findNodeAtLocation(servers, location) ?? findNodeAtLocation(servers, location.slice(0, 1));
  return fail(`${location.join('.')} ${issue?.message ?? ''}`, node?.offset);
}

type Fail = (message: string, offset?: number) => never;

function readServers(servers: Node, env: Terminal['env'], fail: Fail): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, entry] of propertiesOf(servers)) {
    if (entry.type !== 'object') {
      read[name] = getNodeValue(entry) as unknown;
      continue;
    }
    const keys = new Map(propertiesOf(entry));
    const disabled = keys.get('disabled');
    if (disabled !== undefined && getNodeValue(disabled) === true) continue;
    const envFile = keys.get('envFile');
    if (envFile !== undefined)
      fail(`${name}.envFile is not read here: write the variables into \`env\``, envFile.offset);
    read[name] = Object.fromEntries(
      [...keys].flatMap(([key, value]) => {
        const known = Object.hasOwn(entryKeys, key) ? entryKeys[key] : undefined;
        return known === undefined ? [] : [[known, expanded(value, env, fail)]];
      }),
    );
  }
  return read;
}

/** A value with the variables in its texts replaced. */
function expanded(node: Node, env: Terminal['env'], fail: Fail): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => expanded(child, env, fail));
  if (node.type === 'object')
    return Object.fromEntries(propertiesOf(node).map(([key, value]) => [key, expanded(value, env, fail)]));
  const value: unknown = getNodeValue(node);
  if (typeof value !== 'string') return value;
  try {
    return expandVariables(value, env);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), node.offset);
  }
}

function propertiesOf(node: Node): readonly (readonly [string, Node])[] {
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[String(key.value), value] as const],
  );
}

function positionOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
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
