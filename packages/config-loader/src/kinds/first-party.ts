import { nearestName } from '@mcpplugins/framework-core';
import { contextForgePackages } from './contextforge-kinds.js';

/**
 * The plugin package of this project that a name most likely means, written in full or by its short name, or undefined. A
 * misspelt name may be that of a stranger's package, which nobody should be told to install.
 */
export function firstPartyPackage(name: string): string | undefined {
  const byName = new Map(
    contextForgePackages.flatMap((full) => {
      const short = full.slice(full.lastIndexOf('/') + 1);
      return [full, short, short.replace(/^plugin-/, '')].map((spelling) => [spelling, full] as const);
    }),
  );
  const nearest = nearestName(name, byName.keys());
  return nearest === undefined ? undefined : byName.get(nearest);
}
