import { PluginManager } from '@mcpplugins/framework-core';
import { HashedEmail, RequiredFields } from './plugins.js';
import { recordPreLoad } from './record-pre-load.js';

/** Starts the plugins of the pipeline, from code: a configuration file is a choice, not a must. */
export function startGuard(): Promise<PluginManager> {
  return PluginManager.start({
    contracts: [recordPreLoad],
    fires: [recordPreLoad],
    supplies: [],
    plugins: [
      {
        config: { name: 'complete', kind: 'required-fields', config: { fields: ['id', 'email'] } },
        load: () => RequiredFields,
      },
      {
        config: {
          name: 'no-addresses',
          kind: 'hashed-email',
          priority: 200,
          conditions: [{ resources: ['customers/*'] }],
        },
        load: () => HashedEmail,
      },
    ],
  });
}
