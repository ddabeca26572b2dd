/** Names that say nothing. */
const plainNames: ReadonlySet<string> = new Set(['Error', 'FrameworkError']);

/**
 * One line about anything that was thrown: never throws itself, never runs longer than reading two properties,
 * and cuts at 500 characters.
 */
export function describeError(thrown: unknown): string {
  try {
    if (typeof thrown === 'object' && thrown !== null) {
      const { name, message } = thrown as { readonly name?: unknown; readonly message?: unknown };
      if (typeof message === 'string') {
        return cut(typeof name === 'string' && !plainNames.has(name) ? `${name}: ${message}` : message);
      }
      return `a thrown ${Array.isArray(thrown) ? 'array' : 'object'} without a message`;
    }
    if (typeof thrown === 'function') return 'a thrown function';
    return cut(String(thrown));
  } catch {
    return 'something that cannot be described';
  }
}

function cut(text: string): string {
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}
