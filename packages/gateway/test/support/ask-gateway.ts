import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';

/** What a gateway answered. */
export interface GatewayAnswer {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A client with a session, which asks one thing after the other. */
export interface GatewayClient {
  ask(method: string, params?: object): Promise<GatewayAnswer>;
  close(): Promise<void>;
}

/** A client that has not said anything yet. */
export async function connectClient(url: URL): Promise<GatewayClient> {
  const transport = new StreamableHttpClientTransport({ url });
  const waiting = new Map<unknown, (answer: GatewayAnswer) => void>();
  transport.onraw = ({ message }) => {
    if ('id' in message) waiting.get(message.id)?.(message as GatewayAnswer);
  };
  await transport.start();
  let lastId = 0;
  return {
    ask: (method, params = {}) => {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        transport.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }), { requestId: id });
      });
    },
    close: () => transport.close(),
  };
}
