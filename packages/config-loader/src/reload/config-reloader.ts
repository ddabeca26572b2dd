import os from 'node:os';
import { loadConfig } from '../load/load-config.js';
import type { LoadedConfig } from '../load/loaded-config.js';
import type { LoadConfigOptions } from '../load/options.js';
import { appendHistory, historyEntry, type HistoryEntry, lastRecordedHash } from './config-history.js';
import { failureOf, type ReloadEvent, type ReloadFailure, type ReloadReason } from './reload-event.js';
import { type FileWatch, watchFiles } from './watch-files.js';

/** What `startConfigReloader` takes. */
export interface ConfigReloaderOptions {
  /** The configuration that runs now. */
  readonly current: LoadedConfig;
  /** With what it was loaded; it is loaded again with the same. */
  readonly load?: LoadConfigOptions | undefined;
  /**
   * Makes a configuration the running one, `(config) => manager.reload(config)`. When it rejects, the old one runs on.
   */
  readonly apply: (config: LoadedConfig) => Promise<unknown>;
  /** Reloads by itself when a file changes. Default false. */
  readonly watch?: boolean | undefined;
  /** Milliseconds without a further change before a changed file is read: editors write in several steps. Default 200. */
  readonly debounceMs?: number | undefined;
  /** Told about every reload. What it throws is dropped. */
  readonly onEvent?: ((event: ReloadEvent) => void) | undefined;
  /** Told when watching or the history fails, which stops neither the configuration nor reloads. */
  readonly onTrouble?: ((error: unknown) => void) | undefined;
}

/** Who asks for a reload, and why. */
export interface ReloadRequest {
  /** Default `api`. */
  readonly reason?: ReloadReason | undefined;
  /** For the history. Default: the user of the process. */
  readonly by?: string | undefined;
}

/** Keeps a running configuration up to date with its files. */
export interface ConfigReloader extends AsyncDisposable {
  /** The configuration that runs: the last good one. */
  readonly current: LoadedConfig;
  /** Why the newest configuration is not the one that runs; undefined when it is. */
  readonly failure: ReloadFailure | undefined;
  /**
   * Reads the configuration again and makes it the running one. Never rejects: a bad file is an event, and the last
   * good configuration runs on. Reloads happen one after the other. Programs call it on SIGHUP.
   */
  reload(request?: ReloadRequest): Promise<ReloadEvent>;
  /** Stops watching and waits for a reload that is under way. */
  close(): Promise<void>;
}

/**
 * Starts to keep a configuration up to date: by API, by signal (the program's handler calls `reload`), and by watching
 * its files. Changes are recorded in `plugin_settings.config_history`.
 *
 * @example
 * const reloader = startConfigReloader({ current: config, apply: (next) => manager.reload(next), watch: true });
 * process.on('SIGHUP', () => void reloader.reload({ reason: 'signal' }));
 */
export function startConfigReloader(options: ConfigReloaderOptions): ConfigReloader {
  return new Reloader(options);
}

class Reloader implements ConfigReloader {
  current: LoadedConfig;
  failure: ReloadFailure | undefined = undefined;
  readonly #options: ConfigReloaderOptions;
  readonly #watch: FileWatch | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ConfigReloaderOptions) {
    this.#options = options;
    this.current = options.current;
    this.#recordStart();
    if (options.watch === true) {
      this.#watch = watchFiles(
        () => this.#reloadSoon(),
        (error) => this.#trouble(error),
      );
      this.#watch.setFiles(this.current.filesRead);
    }
  }

  reload(request: ReloadRequest = {}): Promise<ReloadEvent> {
    const result = this.#queue.then(() => this.#reload(request.reason ?? 'api', request.by ?? userName()));
    this.#queue = result;
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#watch?.close();
    await this.#queue;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #reload(reason: ReloadReason, by: string): Promise<ReloadEvent> {
    const time = new Date().toISOString();
    const { file, hash: hashBefore } = this.current;
    const common = { time, reason, by, file, hashBefore };
    let event: ReloadEvent;
    try {
      event = { ...common, ...(await this.#applyNext(reason)) };
      this.failure = undefined;
    } catch (error) {
      this.failure = failureOf(error, time);
      event = { ...common, type: 'rejected', failure: this.failure };
    }
    this.#record(historyEntry(event));
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      this.#trouble(error);
    }
    return event;
  }

  async #applyNext(reason: ReloadReason) {
    const { load, apply } = this.#options;
    const before = this.current;
    const next = await loadConfig(before.file, load);
    const changes = before.effective.changesTo(next.effective);
    // Somebody who asks gets a new start of what failed; a file that was only touched is left alone.
    if (changes.length > 0 || reason !== 'watch') await apply(next);
    this.current = next;
    this.#watch?.setFiles(next.filesRead);
    if (changes.length === 0) return { type: 'unchanged' } as const;
    return { type: 'applied', hashAfter: next.hash, changes } as const;
  }

  #reloadSoon(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload({ reason: 'watch' }), this.#options.debounceMs ?? 200);
    this.#timer.unref();
  }

  #recordStart(): void {
    const { historyFile, file, hash } = this.current;
    if (historyFile === undefined) return;
    const last = lastRecordedHash(historyFile);
    if (last === hash) return;
    this.#record({
      time: new Date().toISOString(),
      result: 'started',
      reason: 'start',
      by: userName(),
      file,
      hash_before: last ?? null,
      hash_after: hash,
      changes: [],
    });
  }

  #record(entry: HistoryEntry | undefined): void {
    const { historyFile } = this.current;
    if (historyFile === undefined || entry === undefined) return;
    try {
      appendHistory(historyFile, entry);
    } catch (error) {
      this.#trouble(error);
    }
  }

  #trouble(error: unknown): void {
    this.#options.onTrouble?.(error);
  }
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // A user without an entry in the user database, as in many containers.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
