import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { type WebSocket, WebSocketServer } from 'ws';

const open: { close(): Promise<unknown> }[] = [];

/** What `listenForSockets` takes. */
interface SocketServerOptions {
  readonly server?: Server;
  /** A unix socket. */
  readonly path?: string;
  /** The subprotocol that is chosen. */
  readonly protocol?: string | false;
}

/** Upgrades connections of an HTTP server to WebSockets. */
export async function listenForSockets(
  onSocket: (socket: WebSocket, request: IncomingMessage) => void,
  { server = createServer(), path, protocol = 'mcp' }: SocketServerOptions = {},
): Promise<{ readonly url: URL; readonly sockets: readonly WebSocket[] }> {
  const sockets: WebSocket[] = [];
  const upgrades = new WebSocketServer({
    server,
    handleProtocols: () => protocol,
  });
  upgrades.on('connection', (socket, request) => {
    sockets.push(socket);
    onSocket(socket, request);
  });
  await new Promise<void>((resolve) => {
    if (path === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  open.push({
    close: () => {
      for (const socket of sockets) socket.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  const port = path === undefined ? (server.address() as AddressInfo).port : 80;
  return { url: new URL(`ws://127.0.0.1:${port}/mcp`), sockets };
}

/** Ends every server that `listenForSockets` started. */
export async function closeSocketServers(): Promise<void> {
  await Promise.all(open.splice(0).map((server) => server.close()));
}

/** A WebSocket as the SDK's servers want it: the SDK has a client for WebSockets, but no server. */
export function toSdkTransport(socket: WebSocket): Transport {
  const transport: Transport = {
    start: async () => {
      socket.on('message', (data) =>
        transport.onmessage?.(JSON.parse((data as Buffer).toString()) as JSONRPCMessage),
      );
      socket.on('close', () => transport.onclose?.());
    },
    send: async (message) => socket.send(JSON.stringify(message)),
    close: async () => socket.close(),
  };
  return transport;
}
