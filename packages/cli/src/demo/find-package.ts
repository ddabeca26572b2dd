import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** An installed package. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  /** Absolute path of its first command, if it has one. */
  readonly command: string | undefined;
}

/** Finds a package as Node would from a folder: in `node_modules` there or further up. */
export function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    const manifestFile = path.join(candidate, 'package.json');
    if (existsSync(manifestFile)) return readPackage(candidate, manifestFile);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function readPackage(folder: string, manifestFile: string): InstalledPackage {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as {
    readonly version?: string;
    readonly bin?: string | Readonly<Record<string, string>>;
  };
  const command = typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin ?? {})[0];
  return {
    folder,
    version: manifest.version ?? 'unknown',
    command: command === undefined ? undefined : path.join(folder, command),
  };
}
