/** Whether a place in a payload is one that a rule is about. */
export type PathMatcher = (segments: readonly (string | number)[]) => boolean;

const segment = /^(?:\*\*?|[^\s.[\]*]+|\[(?:\*|\d+)\]|\["[^"]*"\])$/;
const splitter = /\.|(?=\[)/;

/** Whether a text is a path that `compilePath` takes. */
export function isFieldPath(path: string): boolean {
  return segmentsOf(path).every((part) => segment.test(part)) && path !== '';
}

/**
 * Compiles a path of property names: `args.user.email`, `$.result.content[*].text`, `args.**.ssn`. `*` and `[*]` are
 * one name or index, `**` is any number of them.
 */
export function compilePath(path: string): PathMatcher {
  const parts = segmentsOf(path).map(plain);
  return (segments) => matches(parts, 0, segments, 0);
}

function segmentsOf(path: string): string[] {
  return path
    .replace(/^\$\.?/, '')
    .split(splitter)
    .filter((part) => part !== '');
}

function plain(part: string): string {
  if (part === '[*]') return '*';
  const bracketed = /^\["?(.*?)"?\]$/.exec(part);
  return bracketed?.[1] ?? part;
}

function matches(
  parts: readonly string[],
  part: number,
  segments: readonly (string | number)[],
  at: number,
): boolean {
  const wanted = parts[part];
  if (wanted === undefined) return at === segments.length;
  if (wanted === '**') {
    for (let next = at; next <= segments.length; next++)
      if (matches(parts, part + 1, segments, next)) return true;
    return false;
  }
  if (at === segments.length || (wanted !== '*' && wanted !== String(segments[at]))) return false;
  return matches(parts, part + 1, segments, at + 1);
}
