const lineBreaks = /[\r\n]+/g;

/** JSON text without line breaks: inside of strings they are escaped, so a bare one is white space between tokens. */
export function toSingleLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(lineBreaks, ' ') : text;
}
