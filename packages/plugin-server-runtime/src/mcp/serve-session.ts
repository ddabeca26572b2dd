import type { JsonRpcMessage, RawTransport } from '@mcpplugins/mcp-transport';
import { type DispatcherShared, McpDispatcher } from './mcp-dispatcher.js';

/** Serves one client over a transport that is not started yet. Resolves once the client is gone. */
export async function serveSession(
  transport: RawTransport,
  shared: DispatcherShared,
): Promise<{ readonly closed: Promise<void> }> {
  const dispatcher = new McpDispatcher(shared);
  const closed = new Promise<void>((resolve) => {
    transport.onclose = () => {
      dispatcher.cancelAll();
      resolve();
    };
  });
  transport.onerror = (error) => shared.logger.warn(error.message);
  const send = (answer: JsonRpcMessage | undefined): void => {
    if (answer !== undefined && 'id' in answer) {
      transport.sendText(JSON.stringify(answer), { answers: answer.id });
    }
  };
  transport.onraw = ({ text, message }) => {
    const answer = dispatcher.handle(message, text);
    if (answer instanceof Promise) void answer.then(send);
    else send(answer);
  };
  await transport.start();
  return { closed };
}
