import { nearestName } from '@mcpplugins/framework-core';

/**
 * `Did you mean "x"?`, or undefined when no known name is near.
 * @param mark what stands before the name in the file
 */
export function suggest(name: string, known: Iterable<string>, mark = ''): string | undefined {
  const nearest = nearestName(name, known);
  return nearest === undefined ? undefined : `Did you mean "${mark}${nearest}"?`;
}
