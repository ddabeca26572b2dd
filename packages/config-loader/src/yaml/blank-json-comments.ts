/** A string, or a comment, of JSON with comments. Alternatives exclude each other, so matching is linear. */
const stringOrComment = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g;

/** Overwrites the comments of JSONC by spaces, so that every other character keeps its place. */
export function blankJsonComments(text: string): string {
  return text.replaceAll(stringOrComment, (match) =>
    match.startsWith('"') ? match : match.replaceAll(/[^\n]/g, ' '),
  );
}
