import { block, modify, Plugin, proceed } from '@mcpplugins/framework-core';

const hooks = [
  'prompt_pre_fetch',
  'prompt_post_fetch',
  'tool_pre_invoke',
  'tool_post_invoke',
  'resource_pre_fetch',
  'resource_post_fetch',
];

/** The plugin of the interop cases, for our plugin server. @extends {Plugin} */
export class InteropPlugin extends Plugin {
  /** @override */
  hooks = Object.fromEntries(
    hooks.map((hook) => [
      hook,
      /** @type {(payload: Readonly<Record<string, unknown>>, context: import('@mcpplugins/framework-core').PluginContext) => unknown} */
      (payload, context) => act(hook, payload, context),
    ]),
  );
}

/**
 * @param {string} hook
 * @param {Readonly<Record<string, unknown>>} payload
 * @param {import('@mcpplugins/framework-core').PluginContext} context
 */
function act(hook, payload, context) {
  const does =
    String(payload['name'] ?? payload['uri'])
      .split('/')
      .at(-1) ?? '';
  switch (does) {
    case 'block':
      return block({
        code: 'INTEROP',
        reason: 'not this one',
        description: 'said the plugin',
        details: { n: 1 },
      });
    case 'error':
      throw new Error('kaboom');
    case 'state': {
      const count = Number(context.getState('count', 0)) + 1;
      const mine = Number(context.local.get('mine') ?? 0) + 1;
      context.setState('count', count);
      context.local.set('mine', mine);
      return proceed({ seen: { count, mine, user: context.user ?? null } });
    }
    case 'modify':
      return modify(
        hook === 'resource_pre_fetch' ? { ...payload, metadata: { masked: true } } : masked(payload),
      );
    default:
      return proceed({ proceeded: true });
  }
}

/** @param {unknown} value @returns {any} */
function masked(value) {
  return JSON.parse(JSON.stringify(value).replaceAll('SECRET', '******'));
}
