import type { Outcome, PluginManager } from '@mcpplugins/framework-core';
import { hooksAround, payloadAfter, payloadBefore } from '../guard/operation.js';
import type { CallEnd, ExplainOptions } from './explain.js';

/** Runs the plugins before and, when there is a result, after a call that is not made. */
export async function dryCall(options: ExplainOptions, manager: PluginManager): Promise<CallEnd> {
  const { operation, args, result, server } = options;
  const { pre, post } = hooksAround(operation);
  await using request = manager.openRequest({ serverId: server });
  const before: Outcome = await request.invoke(pre, payloadBefore(operation, args));
  if (!before.continueProcessing) return { end: 'blocked', violation: before.violation };
  const answer = before.response === undefined ? result : before.response.result;
  if (answer === undefined) return { end: 'not_called' };
  const after: Outcome = await request.invoke(post, payloadAfter(operation, answer));
  if (!after.continueProcessing) return { end: 'blocked', violation: after.violation };
  return { end: before.response === undefined ? 'not_called' : 'responded' };
}
