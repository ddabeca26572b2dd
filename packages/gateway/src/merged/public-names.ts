/** Longest name of a tool or prompt that every known client and model takes. */
export const longestName = 64;

const separator = '__';

/** What a server is called in the names of merged lists: of the characters that names of tools may have, without the separator. */
function keyOf(serverName: string): string {
  const key = serverName
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replaceAll(/_{2,}/g, '_')
    .replace(/_+$/, '');
  return key === '' ? 'server' : key;
}

/**
 * Keys of servers by their names. Two servers never have one key, so that no two tools have one merged name.
 * @returns in the order of the names; of two names that come to the same key the later one gets a number
 */
export function serverKeys(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const key = keyOf(name);
      let free = key;
      for (let number = 2; taken.has(free); number++) free = `${key}-${number}`;
      taken.add(free);
      return [name, free];
    }),
  );
}

/** The name of a tool or prompt in a merged list: `server__tool`. Nothing ever takes it apart: a table knows what it stands for. */
export function publicName(serverKey: string, name: string): string {
  return `${serverKey}${separator}${name}`;
}
