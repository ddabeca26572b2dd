import { externalKind } from '@mcpplugins/external-client';
import { PluginManager, resolvePluginConfig } from '@mcpplugins/framework-core';
import { cases } from '../cases.mjs';

/**
 * Our host against a plugin server: all cases, an unknown plugin, and a restart in the middle.
 *
 * @param {string} peer for messages
 * @param {Readonly<Record<string, unknown>>} mcp how to reach the server
 * @param {{ report: import('./report.mjs').Report, restart: (manager: PluginManager) => Promise<void> }} options
 */
export async function checkPeerServer(peer, mcp, { report, restart }) {
  const directory = import.meta.dirname;
  const kind = externalKind();
  /** @param {string} name */
  const registration = (name) => {
    const config = { name, kind: 'external', mcp, timeout: 20 };
    return { config, load: () => kind(resolvePluginConfig(config), { directory, env: process.env }) };
  };
  const unknown = await PluginManager.start({ plugins: [registration('NoSuchPlugin')] }).then(
    async (manager) => {
      await manager.shutdown();
      return 'started';
    },
    (error) => (/no plugin "NoSuchPlugin"/.test(String(error)) ? 'refused' : String(error)),
  );
  report.equal(`${peer}: an unknown plugin`, unknown, 'refused');

  const manager = await PluginManager.start({ plugins: [registration('InteropPlugin')] });
  try {
    await checkCases(peer, manager, report);
    await restart(manager);
    const request = manager.openRequest({ user: 'ada' });
    const deadline = performance.now() + 15_000;
    let outcome;
    do {
      outcome = await request.invoke('tool_pre_invoke', { name: 'proceed', args: {} });
    } while (!outcome.continueProcessing && performance.now() < deadline);
    report.equal(`${peer}: a call after a restart`, outcome.continueProcessing, true);
  } finally {
    await manager.shutdown();
  }
}

/**
 * @param {string} peer
 * @param {PluginManager} manager
 * @param {import('./report.mjs').Report} report
 */
async function checkCases(peer, manager, report) {
  for (const { hook, does, payload, modified } of cases) {
    const request = manager.openRequest({ requestId: `${hook}-${does}`, user: 'ada' });
    const call = () =>
      request.invoke(/** @type {never} */ (hook), /** @type {never} */ (structuredClone(payload)));
    const outcome = await call();
    const what = `${peer}: ${hook} ${does}`;
    if (does === 'block') {
      const { code, reason, details } = outcome.violation ?? {};
      report.equal(
        what,
        { code, reason, details },
        { code: 'INTEROP', reason: 'not this one', details: { n: 1 } },
      );
    } else if (does === 'error') {
      report.equal(what, outcome.violation?.details, { error: 'REMOTE_PLUGIN_ERROR' });
    } else if (does === 'state') {
      const again = await call();
      const seen = [outcome.metadata['seen'], again.metadata['seen']];
      report.equal(what, seen, [
        { count: 1, mine: 1, user: 'ada' },
        { count: 2, mine: 2, user: 'ada' },
      ]);
    } else {
      report.equal(what, [outcome.continueProcessing, outcome.modifiedPayload], [true, modified]);
    }
    request.close();
  }
}
