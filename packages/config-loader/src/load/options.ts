import type { AnyHookContract, MaybePromise, PluginClass, PluginConfig } from '@mcpplugins/framework-core';
import type { z } from 'zod';
import type { ConfigLimits } from '../yaml/limits.js';

/** What a kind's factory may need besides the plugin's own configuration. */
export interface KindContext {
  /** Absolute path of the configuration file. */
  readonly file: string;
  /** Its folder: relative paths of the configuration start here. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the class of a plugin whose code is no module, such as `external`. Called when the plugin is started, not when
 * the configuration is loaded.
 */
export type KindFactory = (config: PluginConfig, context: KindContext) => MaybePromise<PluginClass>;

/** What `loadConfig` takes besides the file. */
export interface LoadConfigOptions {
  /** Values of `${NAME}`. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Hooks that plugins may name, besides those that a plugin brings along. Default: the built-in ones. */
  readonly contracts?: readonly AnyHookContract[] | undefined;
  /** Kinds that are no module, by name: `external` comes from `@mcpplugins/external-client`. Default: none. */
  readonly kinds?: ReadonlyMap<string, KindFactory> | undefined;
  /**
   * Schemas of sections that the host obeys, by their key in the file. Their objects are spelt in camelCase and read
   * from snake_case. The well-known sections without a schema are left alone, with a notice.
   */
  readonly sections?: Readonly<Record<string, z.ZodType>> | undefined;
  /**
   * Reads `NAME.ENVIRONMENT.yaml` beside the file as an overlay: `mcpplugins.prod.yaml` for `mcpplugins.yaml` and `prod`.
   * It must exist. Letters, digits, `-` and `_`.
   */
  readonly environment?: string | undefined;
  /** Files to lay over the configuration, after that of the environment; the last one wins. */
  readonly overlays?: readonly string[] | undefined;
  readonly limits?: Partial<ConfigLimits> | undefined;
}
