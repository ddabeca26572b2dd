import type { HookName, HostRequest, PluginManager } from '@mcpplugins/framework-core';
import { type CallVerdict, type RecordedCall, verdictOf } from '../record/recording.js';

/**
 * What the plugins of a manager say to each recorded hook call, by its number. A post hook whose operation the plugins now keep
 * from being called, or answer themselves, is not reached and has no verdict.
 */
export async function replayCalls(
  manager: PluginManager,
  calls: readonly RecordedCall[],
): Promise<ReadonlyMap<number, CallVerdict>> {
  const verdicts = new Map<number, CallVerdict>();
  for (const [requestId, own] of byRequest(calls)) {
    const [first] = own;
    const request = manager.openRequest({ ...first?.context, requestId }, { record: true });
    await replayRequest(request, own, verdicts);
    request.close();
  }
  return verdicts;
}

async function replayRequest(
  request: HostRequest,
  calls: readonly RecordedCall[],
  verdicts: Map<number, CallVerdict>,
): Promise<void> {
  for (const { call, hook, payload } of calls) {
    const verdict = verdictOf(await request.invoke(hook as HookName, payload as never));
    verdicts.set(call, verdict);
    if (verdict.verdict === 'block' || verdict.verdict === 'respond') return;
  }
}

function byRequest(calls: readonly RecordedCall[]): ReadonlyMap<string, readonly RecordedCall[]> {
  const requests = new Map<string, RecordedCall[]>();
  for (const call of calls) {
    const own = requests.get(call.request);
    if (own === undefined) requests.set(call.request, [call]);
    else own.push(call);
  }
  return requests;
}
