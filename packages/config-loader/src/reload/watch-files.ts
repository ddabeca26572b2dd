import { type FSWatcher, realpathSync, watch } from 'node:fs';
import path from 'node:path';

/** Watches the files of a configuration. */
export interface FileWatch {
  /** Watches these from now on. */
  setFiles(files: readonly string[]): void;
  close(): void;
}

/**
 * Calls back when one of some files may have changed. Watches their folders, because editors and Kubernetes put a new
 * file in the place of the old one.
 */
export function watchFiles(onChange: () => void, onError: (error: unknown) => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let names = new Set<string>();

  function start(folder: string): FSWatcher {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      // Kubernetes swaps a link named `..data`. Some systems give no name.
      if (name === null || name.startsWith('..') || names.has(path.join(folder, name))) onChange();
    });
    watcher.on('error', onError);
    return watcher;
  }

  return {
    setFiles(files) {
      names = new Set(files.flatMap((file) => [file, realPath(file)]));
      const folders = new Set([...names].map((file) => path.dirname(file)));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) {
        if (watchers.has(folder)) continue;
        try {
          watchers.set(folder, start(folder));
        } catch (error) {
          onError(error);
        }
      }
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // Not there at the moment; its folder is watched all the same.
    return file;
  }
}
