import type { PluginRegistration, PluginSettingsInput } from '@mcpplugins/framework-core';
import type { EffectiveConfig } from '../effective/effective-config.js';
import type { Diagnostic } from '../errors/diagnostic.js';

/** A configuration that passed every check. */
export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder. */
  readonly directory: string;
  /** For `PluginManager.start` and `reload`, in the order of the file. */
  readonly plugins: readonly PluginRegistration[];
  /** For `PluginManager.start` and `reload`. */
  readonly settings: PluginSettingsInput;
  /** Sections that the host gave a schema for, as that schema returns them, by their key in the file. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** Warnings and notices: what is worth knowing and keeps nothing from starting. */
  readonly notices: readonly Diagnostic[];
  /** All of the configuration as it may be shown, with the origin of each value. */
  readonly effective: EffectiveConfig;
  /** Absolute paths of everything that was read: the file, its overlays, files of `${file:…}`. */
  readonly filesRead: readonly string[];
  /** SHA-256 of the file and its overlays, in hexadecimal. */
  readonly hash: string;
  /** Absolute path of `plugin_settings.config_history`, if that is set. */
  readonly historyFile: string | undefined;
}
