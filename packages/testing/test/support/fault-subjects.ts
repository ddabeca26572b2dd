import {
  startHttpFaultServer,
  startSseFaultServer,
  startWebSocketFaultServer,
  stdioFaultServer,
} from '../../src/index.js';

const none = { async [Symbol.asyncDispose]() {} };

/** How to reach a fault server over each transport. */
export const faultSubjects = [
  ['stdio', async () => ({ server: none, mcp: stdioFaultServer() })],
  ['HTTP', async () => over('STREAMABLEHTTP', await startHttpFaultServer())],
  ['SSE', async () => over('SSE', await startSseFaultServer())],
  ['WebSocket', async () => over('WEBSOCKET', await startWebSocketFaultServer())],
] as const;

function over<Server extends { readonly url: string }>(proto: string, server: Server) {
  return { server, mcp: { proto, url: server.url } };
}
