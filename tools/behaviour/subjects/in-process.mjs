import { BehaviourPlugin } from '../behaviour.mjs';

/** Plugins in the host's own process: what every other subject is held against. @type {import('../run-case.mjs').Subject} */
export const inProcess = {
  name: 'in process',
  open: async (plugins) => ({
    registrations: plugins.map((config) => ({ config, load: () => BehaviourPlugin })),
    close: async () => {},
  }),
};
