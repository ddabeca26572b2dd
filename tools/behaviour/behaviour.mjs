/**
 * What a plugin of a case does on a hook, as data: it travels in the plugin's `config`, so that the same case runs in
 * process and behind a wire.
 *
 * @typedef {(
 *   | { do: 'proceed', metadata?: Record<string, unknown> }
 *   | { do: 'modify', change: Record<string, unknown>, metadata?: Record<string, unknown> }
 *   | { do: 'block', violation?: { code: string, reason: string, description?: string, details?: Record<string, unknown> }, change?: Record<string, unknown> }
 *   | { do: 'respond', result: unknown }
 *   | { do: 'throw', message: string }
 *   | { do: 'hang' }
 *   | { do: 'return', value: unknown }
 *   | { do: 'set_state', key: string, value: unknown, andThen?: Behaviour }
 *   | { do: 'delete_state', key: string }
 *   | { do: 'report_state', key: string }
 *   | { do: 'set_local', key: string, value: unknown }
 *   | { do: 'report_local', key: string }
 *   | { do: 'report_identity' }
 *   | { do: 'report_payload' }
 * )} Behaviour
 *
 * @typedef {import('@mcpplugins/framework-core').HookName} HookName
 * @typedef {{ [Hook in HookName]?: Behaviour }} Behaviours
 */
import { block, modify, Plugin, proceed, respond } from '@mcpplugins/framework-core';

/**
 * The plugin of every case: does what its `config` says, hook by hook.
 *
 * @extends {Plugin}
 */
export class BehaviourPlugin extends Plugin {
  /** @override */
  hooks = Object.fromEntries(
    Object.entries(/** @type {Behaviours} */ (this.config.config)).map(([hook, behaviour]) => [
      hook,
      /** @type {(payload: object, context: import('@mcpplugins/framework-core').PluginContext) => unknown} */
      (payload, context) => behave(behaviour, payload, context),
    ]),
  );
}

/**
 * @param {Behaviour} behaviour
 * @param {object} payload
 * @param {import('@mcpplugins/framework-core').PluginContext} context
 * @returns {unknown}
 */
function behave(behaviour, payload, context) {
  switch (behaviour.do) {
    case 'proceed':
      return proceed(behaviour.metadata);
    case 'modify':
      return modify({ ...payload, ...behaviour.change }, behaviour.metadata);
    case 'block':
      return behaviour.change === undefined && behaviour.violation !== undefined
        ? block(behaviour.violation)
        : {
            continueProcessing: false,
            violation: behaviour.violation,
            modifiedPayload: behaviour.change && { ...payload, ...behaviour.change },
          };
    case 'respond':
      return respond(behaviour.result);
    case 'throw':
      throw new Error(behaviour.message);
    case 'hang':
      return new Promise(() => undefined);
    case 'return':
      return behaviour.value;
    case 'set_state':
      context.setState(behaviour.key, behaviour.value);
      return behaviour.andThen && behave(behaviour.andThen, payload, context);
    case 'delete_state':
      return context.deleteState(behaviour.key);
    case 'report_state':
      return proceed({ state: context.getState(behaviour.key, null) });
    case 'set_local':
      context.local.set(behaviour.key, behaviour.value);
      return undefined;
    case 'report_local':
      return proceed({ local: context.local.get(behaviour.key) ?? null });
    case 'report_identity': {
      const { requestId, user, tenantId, serverId } = context;
      return proceed({ identity: { requestId, user, tenantId, serverId } });
    }
    case 'report_payload':
      return proceed({ payload });
  }
}
