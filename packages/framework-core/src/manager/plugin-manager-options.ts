import type { PluginSettingsInput } from '../config/plugin-settings.js';
import type { IdentityField } from '../context/global-context.js';
import type { Logger } from '../context/logger.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import type { HookReference } from '../contracts/hook-contracts.js';
import type { PluginRegistration } from '../plugin/plugin-class.js';
import type { Observer } from './observer.js';

/** A compiled pattern: whether it matches a whole text. */
export interface CompiledPattern {
  matches(text: string): boolean;
}

/** What `PluginManager.start` takes. */
export interface PluginManagerOptions {
  /** In file order: it decides between plugins of equal priority. */
  readonly plugins: readonly PluginRegistration[];
  readonly settings?: PluginSettingsInput | undefined;
  /** Hooks that configurations may name. Default: the built-in ones. */
  readonly contracts?: readonly AnyHookContract[] | undefined;
  /** Hooks that this host calls. A plugin configured for another one keeps the host from starting. Default: all. */
  readonly fires?: readonly HookReference[] | undefined;
  /** Identity fields that this host can supply. A condition on another keeps it from starting. Default: all. */
  readonly supplies?: readonly IdentityField[] | undefined;
  /** Compiles an anchored regular expression that matches in linear time; needed for `user_patterns`. */
  readonly compilePattern?: ((pattern: string) => CompiledPattern) | undefined;
  readonly logger?: Logger | undefined;
  readonly observers?: readonly Observer[] | undefined;
  /** Milliseconds that one plugin may take to shut down. Default 10 000. */
  readonly shutdownTimeoutMs?: number | undefined;
}
