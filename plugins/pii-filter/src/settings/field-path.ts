/** Whether a place in a payload is one that a rule is about. */
export type PathMatcher = (segments: readonly (string | number)[]) => boolean;

/** A name or a wildcard, or something in brackets. */
const part = String.raw`(?:\*\*?|[^\s.[\]*"]+)`;
const bracketed = String.raw`\[(?:\*|\d+|"[^"]*")\]`;
const wholePath = new RegExp(
  String.raw`^(?:\$(?=[.[]))?(?:\.?${part}|${bracketed})(?:\.${part}|${bracketed})*$`,
);
const eachPart = new RegExp(`${bracketed}|${part}`, 'g');

/** Whether a text is a path that `compilePath` takes. */
export function isFieldPath(path: string): boolean {
  return wholePath.test(path);
}

/**
 * Compiles a path of property names: `args.user.email`, `$.result.content[*].text`, `args.**.ssn`, `args["odd.name"]`.
 * `*` and `[*]` are one name or index, `**` is any number of them.
 */
export function compilePath(path: string): PathMatcher {
  const parts = (path.replace(/^\$/, '').match(eachPart) ?? []).map((written) =>
    written.replace(/^\["?|"?\]$/g, ''),
  );
  return (segments) => matches(parts, segments);
}

/** Goes through the names once and keeps which parts may come next: many `**` cost no more than few. */
function matches(parts: readonly string[], segments: readonly (string | number)[]): boolean {
  let next = withEmptyWildcards(parts, new Set([0]));
  for (const segment of segments) {
    const reached = new Set<number>();
    for (const index of next) {
      const wanted = parts[index];
      if (wanted === '**') reached.add(index);
      else if (wanted === '*' || wanted === String(segment)) reached.add(index + 1);
    }
    next = withEmptyWildcards(parts, reached);
    if (next.size === 0) return false;
  }
  return next.has(parts.length);
}

/** A `**` may stand for no name at all. */
function withEmptyWildcards(parts: readonly string[], reached: Set<number>): Set<number> {
  // A set is gone through with what is added on the way.
  for (const index of reached) if (parts[index] === '**') reached.add(index + 1);
  return reached;
}
