/** For options that may be given several times: all of their values, in order. */
export function collectValues(
  value: string,
  previous: readonly string[] | undefined,
): readonly string[] | undefined {
  return [...(previous ?? []), value];
}
