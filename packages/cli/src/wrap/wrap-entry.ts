import { createScanner, type Edit, type Node } from 'jsonc-parser';
import type { ServerEntry } from './server-entry.js';

/** What an entry starts instead of its server: a command and the arguments in front of the server's own command. */
export interface GuardCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** An entry whose server is started by a command. */
export type StartedEntry = ServerEntry & { readonly command: Node };

/**
 * Edits that put a guard in front of a server. The server's own command moves into `args` letter by letter, and nothing else
 * is touched: the arguments that were there, with comments, stay where they are.
 */
export function wrapEntry(
  text: string,
  { command, args }: StartedEntry,
  guard: GuardCommand,
): readonly Edit[] {
  const original = text.slice(command.offset, endOf(command));
  const words = [...guard.args.map((word) => JSON.stringify(word)), original].join(', ');
  const start = JSON.stringify(guard.command);
  if (args === undefined) {
    // The space after the bracket is what tells unwrap that there was no `args`.
    const added = `,${gapBefore(text, command)}"args": [ ${words} ]`;
    return [{ offset: command.offset, length: command.length, content: `${start}${added}` }];
  }
  const comma = args.children?.length === 0 ? '' : ',';
  return [
    { offset: command.offset, length: command.length, content: start },
    { offset: args.offset + 1, length: 0, content: `${words}${comma}` },
  ];
}

/** Edits that take the guard of `wrapEntry` away again, so that the text is the one that was wrapped. */
export function unwrapEntry(
  text: string,
  { command, args, originalIndex }: StartedEntry & { readonly args: Node; readonly originalIndex: number },
): readonly Edit[] {
  const original = args.children?.[originalIndex];
  if (original === undefined) return [];
  const content = text.slice(original.offset, endOf(original));
  const isLast = args.children?.length === originalIndex + 1;
  const between = text.slice(endOf(command), args.offset);
  if (isLast && text[args.offset + 1] === ' ' && /^,\s*"args": $/.test(between)) {
    return [{ offset: command.offset, length: endOf(args) - command.offset, content }];
  }
  const end = afterComma(text, endOf(original));
  const start = args.offset + 1;
  return [
    { offset: command.offset, length: command.length, content },
    { offset: start, length: end - start, content: '' },
  ];
}

/** Where the comma after a value ends, also behind comments that somebody put there later; without comma where the value does. */
function afterComma(text: string, end: number): number {
  const scanner = createScanner(text, true);
  scanner.setPosition(end);
  scanner.scan();
  const next = scanner.getTokenOffset();
  return text[next] === ',' ? next + 1 : end;
}

/** Where a node ends. */
function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The line break and indent in front of the key of a value, or one space where the key begins no line. */
function gapBefore(text: string, value: Node): string {
  const key = value.parent?.offset ?? value.offset;
  return /\r?\n[ \t]*$/.exec(text.slice(0, key))?.[0] ?? ' ';
}
