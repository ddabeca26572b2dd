import { FrameworkError } from '@mcpplugins/framework-core';
import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import type { CliErrorCode } from '../errors/error-codes.js';
import { formatPluginBlock, type PluginBlock } from './plugin-block.js';

/**
 * The text of a configuration with a plugin at the end of its list. Everything else stays as it is, byte for byte.
 * @throws FrameworkError `PLUGIN_NOT_EDITABLE`
 */
export function appendPlugin(text: string, block: PluginBlock): string {
  const list = pluginList(text);
  if (list === undefined) {
    return `${withNewline(text)}plugins:\n${formatPluginBlock(block, '  ')}`;
  }
  const [start, end] = rangeOf(list);
  if (list.items.length === 0) {
    // `plugins: []` becomes a list of one; what stands after the brackets stays.
    const before = text.slice(0, start).trimEnd();
    return `${before}${text.slice(end).split('\n', 1)[0] ?? ''}\n${formatPluginBlock(block, '  ')}${restOfLines(text, end)}`;
  }
  const indent = ' '.repeat(dashColumn(text, list, 0));
  const lineEnd = endOfLine(text, end);
  return `${withNewline(text.slice(0, lineEnd))}\n${formatPluginBlock(block, indent)}${text.slice(lineEnd)}`;
}

/**
 * The text of a configuration without a plugin and the comment right above it. Everything else stays as it is.
 * @throws FrameworkError `PLUGIN_NOT_FOUND`, `PLUGIN_NOT_EDITABLE`
 */
export function removePlugin(text: string, name: string): string {
  const list = pluginList(text);
  const index = list?.items.findIndex((item) => isMap(item) && item.get('name') === name) ?? -1;
  if (list === undefined || index === -1) {
    throw new FrameworkError('PLUGIN_NOT_FOUND', `the configuration has no plugin "${name}"`);
  }
  let start = startOfLine(text, dashOffset(list, index));
  while (/^[ \t]*#/.test(lineBefore(text, start))) start = startOfLine(text, start - 1);
  const item = list.items[index];
  let end = endOfLine(text, isMap(item) ? (item.range?.[1] ?? start) : start);
  // Of the blank lines around the block one is left.
  const hasBlankBefore = index === 0 || lineBefore(text, start).trim() === '';
  if (hasBlankBefore && /^[ \t]*\r?\n/.test(text.slice(end))) end = endOfLine(text, end + 1);
  const rest = text.slice(0, start) + text.slice(end);
  return list.items.length > 1 ? rest : rest.replace(/^plugins:/m, 'plugins: []');
}

function pluginList(text: string): YAMLSeq | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  const contents = document.contents;
  const list: unknown = isMap(contents) ? contents.get('plugins', true) : undefined;
  if (!isSeq(list)) return undefined;
  if (list.items.length > 0 && list.srcToken?.type !== 'block-seq') {
    throw new FrameworkError<CliErrorCode>('PLUGIN_NOT_EDITABLE', '`plugins` is written in one line');
  }
  return list;
}

function rangeOf(list: YAMLSeq): readonly [start: number, valueEnd: number] {
  const last = list.items.at(-1);
  const [start = 0, end = 0] = list.range ?? [];
  return [start, isMap(last) ? (last.range?.[1] ?? end) : end];
}

function dashOffset(list: YAMLSeq, index: number): number {
  const token = list.srcToken;
  const item = token?.type === 'block-seq' ? token.items[index] : undefined;
  const dash = item?.start.find(({ type }) => type === 'seq-item-ind');
  if (dash === undefined) {
    throw new FrameworkError<CliErrorCode>('PLUGIN_NOT_EDITABLE', 'the list of plugins cannot be followed');
  }
  return dash.offset;
}

function dashColumn(text: string, list: YAMLSeq, index: number): number {
  const offset = dashOffset(list, index);
  return offset - startOfLine(text, offset);
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line after an offset begins; an offset right after a newline is at that place already. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function lineBefore(text: string, start: number): string {
  return start === 0 ? 'start' : text.slice(startOfLine(text, start - 1), start - 1);
}

function restOfLines(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return end === -1 ? '' : text.slice(end + 1);
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
