import { readFileSync } from 'node:fs';
import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { ClientPlace } from './client-places.js';

const byteOrderMark = '\uFEFF';

/** A server of a client configuration: its name and its place in the text. */
export interface ClientServer {
  readonly name: string;
  readonly node: Node;
}

/** A client configuration as it was read. */
export interface ClientConfig {
  readonly place: ClientPlace;
  readonly bytes: Buffer;
  /** The text after `prefix`; offsets of nodes count from here. */
  readonly text: string;
  /** A byte order mark, or nothing. */
  readonly prefix: string;
  readonly servers: readonly ClientServer[];
}

/**
 * Reads a client configuration: JSON that may have comments and trailing commas.
 * @throws FrameworkError `CLIENT_CONFIG_INVALID`
 */
export function loadClientConfig(place: ClientPlace): ClientConfig {
  const bytes = readBytes(place.file);
  const decoded = decode(bytes, place.file);
  const prefix = decoded.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = decoded.slice(prefix.length);
  return { place, bytes, text, prefix, servers: parseServers(text, place) };
}

/**
 * The servers of a text.
 * @throws FrameworkError `CLIENT_CONFIG_INVALID`
 */
export function parseServers(
  text: string,
  { file, sections }: Pick<ClientPlace, 'file' | 'sections'>,
): readonly ClientServer[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = printParseErrorCode(error.error);
    throw invalid(`${file}:${positionOf(text, error.offset)} is not JSON: ${what}`);
  }
  if (root?.type !== 'object') throw invalid(`${file} is not a JSON object`);
  return sections.flatMap((keys) => sectionOf(root, keys, file)).flatMap((node) => serversOf(node, file));
}

/**
 * The value of a key, or undefined when the object does not have it.
 * @throws FrameworkError `CLIENT_CONFIG_INVALID` when the key is there twice: clients differ in which one they take
 */
export function valueOf(object: Node, key: string, file: string): Node | undefined {
  const values = (object.children ?? []).filter((property) => property.children?.[0]?.value === key);
  if (values.length > 1) throw invalid(`${file} has the key "${key}" twice in one object`);
  return values[0]?.children?.[1];
}

function sectionOf(root: Node, keys: readonly string[], file: string): readonly Node[] {
  let node: Node | undefined = root;
  for (const key of keys) node = node?.type === 'object' ? valueOf(node, key, file) : undefined;
  if (node === undefined) return [];
  if (node.type !== 'object') throw invalid(`${file}: ${keys.join('.')} is not an object of servers by name`);
  return [node];
}

function serversOf(section: Node, file: string): readonly ClientServer[] {
  return (section.children ?? []).map((property) => {
    const name = String(property.children?.[0]?.value);
    const node = valueOf(section, name, file);
    if (node?.type !== 'object') throw invalid(`${file}: the server "${name}" is not an object`);
    return { name, node };
  });
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw invalid(`${file} cannot be read: ${describeError(error)}`, error);
  }
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw invalid(`${file} is not UTF-8 text`, error);
  }
}

function positionOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function invalid(message: string, cause?: unknown): FrameworkError<CliErrorCode> {
  return new FrameworkError<CliErrorCode>('CLIENT_CONFIG_INVALID', message, { cause });
}
