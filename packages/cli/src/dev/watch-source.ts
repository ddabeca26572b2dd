import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';

/** Milliseconds of quiet after which a change counts: editors write several files, and some of them twice. */
const quietMs = 150;

/** What is made from source, or is not source. */
const ignored =
  /(^|[\\/])(node_modules|dist|target|bin|build|__pycache__|\.[^\\/]+)([\\/]|$)|[~]$|\.(log|tsbuildinfo|swp)$/;

/** Whether a change of a file, by its path in the project, is one of the source. */
export function isSource(file: string, followed: readonly string[]): boolean {
  return !ignored.test(file) && !followed.includes(path.normalize(file));
}

/**
 * Watches a project and calls back once its source has changed and is quiet again. Folders that are no source are not looked
 * into: `node_modules` alone has thousands.
 * @param followed files by their path in the project that somebody else follows, as the configuration
 */
export function watchSource(
  root: string,
  followed: readonly string[],
  onChange: (file: string) => void,
): Disposable {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const add = (folder: string): void => {
    if (watchers.has(folder)) return;
    const watcher = watch(path.join(root, folder), (_event, name) => {
      if (name === null) return;
      const file = path.join(folder, name);
      if (!isSource(file, followed)) return;
      addFolders(file);
      clearTimeout(timer);
      timer = setTimeout(() => onChange(file), quietMs);
    });
    const forget = () => {
      watcher.close();
      watchers.delete(folder);
    };
    // A folder that is removed or renamed.
    watcher.on('error', forget);
    watchers.set(folder, watcher);
  };
  const addFolders = (folder: string): void => {
    try {
      const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
      add(folder);
      for (const entry of entries) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory() && isSource(file, followed)) addFolders(file);
      }
    } catch {
      // A file, or gone again.
    }
  };
  addFolders('');
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
