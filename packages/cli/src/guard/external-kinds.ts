import type { KindFactory } from '@mcpplugins/config-loader';
import type { Logger } from '@mcpplugins/framework-core';

/** The kinds of plugins that are no module: `external`. What it needs is loaded when a configuration has one. */
export function externalKinds(logger?: Logger): ReadonlyMap<string, KindFactory> {
  let loaded: Promise<KindFactory> | undefined;
  const load = async (): Promise<KindFactory> => {
    const { externalKind } = await import('@mcpplugins/external-client');
    return externalKind(logger === undefined ? {} : { logger });
  };
  const external: KindFactory = async (config, context) => {
    loaded ??= load();
    const factory = await loaded;
    return factory(config, context);
  };
  return new Map([['external', external]]);
}
