import type { PluginConfig } from '../config/plugin-config.js';
import type { Logger } from '../context/logger.js';
import type { PluginInstance } from '../plugin/plugin-class.js';
import {
  noCounts,
  noWarnings,
  type PluginCounts,
  type PluginHealth,
  type PluginStatus,
} from './plugin-health.js';

/** One instance of a plugin under a manager: its identity, and how it is doing. */
export class PluginRef {
  readonly uuid: string = globalThis.crypto.randomUUID();
  readonly plugin: PluginInstance;
  readonly version: string | undefined;
  readonly logger: Logger;
  /** Switched off by an error (`on_error: disable`), until reload or `enable`. */
  isOffByError = false;
  /** The last call or health check failed. */
  isDegraded = false;
  /** What happened to its calls since it was started. */
  readonly counts: { -readonly [Count in keyof PluginCounts]: number } = { ...noCounts };
  /** Told when `status` changes. */
  onStatusChange: ((health: PluginHealth) => void) | undefined = undefined;
  #lastError: string | undefined;

  constructor(plugin: PluginInstance, version: string | undefined, logger: Logger) {
    this.plugin = plugin;
    this.version = version;
    this.logger = logger;
  }

  get name(): string {
    return this.plugin.name;
  }

  /** The configuration that the instance was made from. */
  get config(): PluginConfig {
    return this.plugin.config;
  }

  get status(): PluginStatus {
    if (this.isOffByError) return 'failed';
    return this.isDegraded ? 'degraded' : 'ready';
  }

  noteFailure(description: string, switchesOff = false): void {
    const before = this.status;
    this.#lastError = description;
    this.isDegraded = true;
    if (switchesOff) this.isOffByError = true;
    if (this.status !== before) this.onStatusChange?.(this.health());
  }

  /** A call or health check went well again. */
  noteRecovery(): void {
    this.isDegraded = false;
    this.onStatusChange?.(this.health());
  }

  /** Switches a plugin that an error switched off on again. */
  enable(): void {
    if (!this.isOffByError) return;
    this.isOffByError = false;
    this.noteRecovery();
  }

  health(): PluginHealth {
    return Object.freeze({
      plugin: this.name,
      status: this.status,
      reason: this.isOffByError ? 'switched off by an error (on_error: disable)' : undefined,
      lastError: this.#lastError,
      warnings: this.plugin.healthWarnings ?? noWarnings,
      counts: Object.freeze({ ...this.counts }),
    });
  }
}
