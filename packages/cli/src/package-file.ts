import { fileURLToPath } from 'node:url';

/** Absolute path of a file of this package: `src` and `dist` are both one level below its folder. */
export function packageFile(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}
