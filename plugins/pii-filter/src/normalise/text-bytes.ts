/** What `nextByte` gives for a byte that no text has at this place. */
export const notText = -1;

/**
 * Reads one byte of what may be a text in UTF-8: `pending` continuation bytes are expected before it, and as many as
 * the result says after it. Control characters other than tab, line feed and carriage return are no text.
 */
export function nextByte(byte: number, pending: number): number {
  if (pending > 0) return (byte & 0xc0) === 0x80 ? pending - 1 : notText;
  if (byte < 0x80)
    return byte >= 32 ? (byte === 127 ? notText : 0) : byte === 9 || byte === 10 || byte === 13 ? 0 : notText;
  if (byte < 0xc2 || byte > 0xf4) return notText;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}
