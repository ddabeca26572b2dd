import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError, type Logger } from '@mcpplugins/framework-core';
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
  oauth: 'oauth',
  auth: 'oauth',
};

/** What of a client's `oauth` (Cursor: `auth`) the gateway knows, by the name that it has here. */
const oauthKeys: Readonly<Record<string, string>> = {
  clientId: 'clientId',
  CLIENT_ID: 'clientId',
  clientSecret: 'clientSecret',
  CLIENT_SECRET: 'clientSecret',
  scopes: 'scopes',
  callbackPort: 'redirectPort',
};

/** What `importServers` needs of its surroundings. */
export interface ImportContext extends Pick<Terminal, 'cwd' | 'env'> {
  /** Is told what of a server cannot be taken over. */
  readonly logger: Logger;
}

/**
 * The servers in the configuration of a client, or in any file of that shape: JSON with comments, `mcpServers` or `servers`.
 * @throws FrameworkError `SERVERS_FILE_INVALID` with file, line and column
 */
export function importServers(file: string, { cwd, env, logger }: ImportContext): ServersSettings {
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
  const notice = (message: string, offset: number): void =>
    logger.warn(`${file}:${positionOf(text, offset)} ${message}`);
  const parsed = serversSchema.safeParse(readServers(servers, { env, fail, notice }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const location = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  const node = findNodeAtLocation(servers, location) ?? findNodeAtLocation(servers, location.slice(0, 1));
  return fail(`${location.join('.')} ${issue?.message ?? ''}`, node?.offset);
}

type Fail = (message: string, offset?: number) => never;

interface Reading {
  readonly env: Terminal['env'];
  readonly fail: Fail;
  readonly notice: (message: string, offset: number) => void;
}

function readServers(servers: Node, { env, fail, notice }: Reading): Record<string, unknown> {
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
        if (known === undefined) return [];
        if (known !== 'oauth') return [[known, expanded(value, env, fail)]];
        const oauth = readOAuth(`${name}.${key}`, value, { env, fail, notice });
        return oauth === undefined ? [] : [[known, oauth]];
      }),
    );
  }
  return read;
}

/** What says how a client logs in; what else it says is told. */
function readOAuth(
  place: string,
  node: Node,
  { env, fail, notice }: Reading,
): Record<string, unknown> | undefined {
  if (node.type !== 'object') {
    notice(`${place} is not taken over: it is no object`, node.offset);
    return undefined;
  }
  const read: Record<string, unknown> = {};
  for (const [key, value] of propertiesOf(node)) {
    const known = Object.hasOwn(oauthKeys, key) ? oauthKeys[key] : undefined;
    if (known === undefined) {
      notice(
        `${place}.${key} is not taken over: the gateway finds that out by itself, or does not have it`,
        value.offset,
      );
      continue;
    }
    const found = expanded(value, env, fail);
    // Some write scopes as OAuth sends them.
    read[known] = known === 'scopes' && typeof found === 'string' ? found.split(' ').filter(Boolean) : found;
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
