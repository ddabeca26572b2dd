/** A command as a person would type it, to name it in messages: words with blanks or quotes are quoted. */
export function describeCommand(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
