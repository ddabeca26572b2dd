import {
  createPayloadCodec,
  emptyWireState,
  encodeHookCall,
  encodeHookReply,
  toStructuredToolResult,
  wireAcceptsKey,
  wireFeatures,
} from '@mcpplugins/framework-core/wire';
import { toolPreInvoke } from '@mcpplugins/framework-core/contracts';

/**
 * The very bytes of our own calls and answers, for those who are measured without our code.
 *
 * @param {{ plugin: string, payload: object }} what
 */
export function ourMessages({ plugin, payload }) {
  const codec = createPayloadCodec(toolPreInvoke);
  const requestId = '00000000-0000-4000-8000-000000000000';
  const global = { requestId, user: 'ada', metadata: {} };
  const call = encodeHookCall(
    {
      hook: toolPreInvoke.name,
      plugin,
      payload: codec.encode(payload),
      global: /** @type {import('@mcpplugins/framework-core').GlobalContext} */ (
        /** @type {unknown} */ (global)
      ),
      state: emptyWireState,
    },
    'invoke_hook',
  );
  const reply = encodeHookReply(
    {
      plugin,
      result: { continueProcessing: true, metadata: {} },
      context: { requestId, state: emptyWireState },
    },
    codec,
  );
  return {
    params: { ...call, _meta: { [wireAcceptsKey]: wireFeatures } },
    result: toStructuredToolResult(reply),
  };
}
