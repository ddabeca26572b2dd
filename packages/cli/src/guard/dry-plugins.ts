import type {
  PluginClass,
  PluginConfig,
  PluginConfigInput,
  PluginRegistration,
} from '@mcpplugins/framework-core';

/**
 * The same plugins, without effects: they are constructed and checked as usual, but acquire nothing, so that a
 * configuration can be checked on a machine from which their services cannot be reached.
 */
export function withoutEffects(plugins: readonly PluginRegistration[]): readonly PluginRegistration[] {
  return replaceClass(plugins, (pluginClass) => idle(pluginClass));
}

/** As `withoutEffects`, and every handler lets everything pass: what is left is which plugin runs when. */
export function withoutHandlers(plugins: readonly PluginRegistration[]): readonly PluginRegistration[] {
  return replaceClass(plugins, (pluginClass) => silent(idle(pluginClass)));
}

function replaceClass(
  plugins: readonly PluginRegistration[],
  replace: (pluginClass: PluginClass) => PluginClass,
): readonly PluginRegistration[] {
  return plugins.map((registration) => ({
    config: registration.config,
    load: async () => replace(await registration.load()),
  }));
}

function idle(pluginClass: PluginClass): PluginClass {
  return class extends pluginClass {
    override initialize(): void {}
    override shutdown(): void {}
    override healthCheck(): void {}
  };
}

function silent(pluginClass: PluginClass): PluginClass {
  return class extends pluginClass {
    static override readonly hookMethods = [];

    constructor(config: PluginConfigInput | PluginConfig) {
      super(config);
      const names = [...Object.keys(this.hooks), ...(pluginClass.hookMethods ?? [])];
      // The base class has set its own `hooks` by now; a field of this class would be in the way of reading them.
      Object.defineProperty(this, 'hooks', {
        value: Object.fromEntries(names.map((name) => [name, letPass])),
      });
    }
  };
}

function letPass(): undefined {
  return undefined;
}
