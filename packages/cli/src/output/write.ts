import type { OutputStream } from '../terminal.js';

/** Text from outside (names, results, messages) without what could steer a terminal; tabs and newlines stay. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for: all but tab and newline, C1, bidirectional
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu, '�');
}

/** Writes one JSON document and a newline. */
export function writeJson(stream: OutputStream, value: unknown): void {
  stream.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
