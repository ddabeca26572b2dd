import { hooks } from './hooks.mjs';

const violation = { code: 'REFUSED', reason: 'Refused by a case' };

/**
 * What holds on each of the six hooks.
 *
 * @type {readonly import('../run-case.mjs').BehaviourCase[]}
 */
export const acrossHooks = hooks.flatMap(({ hook, payload, change, locked }) => {
  /**
   * @param {string} name
   * @param {import('../behaviour.mjs').Behaviour} behaviour
   * @param {import('../run-case.mjs').Expected} expect
   * @param {import('../run-case.mjs').CasePlugin['config']} [config]
   * @returns {import('../run-case.mjs').BehaviourCase}
   */
  const one = (name, behaviour, expect, config = {}) => ({
    name: `${hook}: ${name}`,
    plugins: [{ name: 'subject', does: { [hook]: behaviour }, config }],
    calls: [{ hook, payload, expect }],
  });
  return [
    one('gets the payload as the host has it', { do: 'report_payload' }, { metadata: { payload } }),
    one('proceeds', { do: 'proceed' }, { records: ['subject ran proceed'] }),
    one(
      'proceeds with metadata',
      { do: 'proceed', metadata: { score: 0.5, _reserved: 1 } },
      { metadata: { score: 0.5 } },
    ),
    one(
      'modifies what is writable',
      { do: 'modify', change, metadata: { changed: true } },
      {
        modifiedPayload: { ...payload, ...change },
        metadata: { changed: true },
        records: ['subject ran modify'],
      },
    ),
    one(
      'cannot modify what is not writable',
      { do: 'modify', change: locked },
      { violation: { code: 'PLUGIN_ERROR', plugin: 'subject' }, records: ['subject error'] },
    ),
    one(
      'blocks',
      { do: 'block', violation },
      { violation: { ...violation, plugin: 'subject' }, records: ['subject ran block'] },
    ),
    one(
      'blocks without a violation of its own',
      { do: 'block' },
      { violation: { code: 'BLOCKED', reason: 'Blocked by subject' } },
    ),
    one('drops a modification that comes with a block', { do: 'block', violation, change }, { violation }),
    one(
      'only would block in permissive, and its modification counts',
      { do: 'block', violation, change },
      { modifiedPayload: { ...payload, ...change }, records: ['subject ran would_block'] },
      { mode: 'permissive' },
    ),
    one(
      'changes nothing in audit',
      { do: 'block', violation, change },
      { records: ['subject ran would_block'] },
      { mode: 'audit' },
    ),
    one(
      'blocks when it throws',
      { do: 'throw', message: 'the secret text of an error' },
      { violation: { code: 'PLUGIN_ERROR', reason: 'Plugin subject failed' }, records: ['subject error'] },
    ),
    one(
      'blocks when it does not answer',
      { do: 'hang' },
      { violation: { code: 'PLUGIN_TIMEOUT' }, records: ['subject timeout'] },
      { timeout: 0.2 },
    ),
    {
      ...one(
        hook.includes('_pre_') ? 'answers in place of the target' : 'cannot answer in place of a target',
        { do: 'respond', result: { cached: true } },
        hook.includes('_pre_')
          ? { response: { cached: true }, records: ['subject ran respond'] }
          : { violation: { code: 'PLUGIN_ERROR' } },
      ),
    },
  ];
});
