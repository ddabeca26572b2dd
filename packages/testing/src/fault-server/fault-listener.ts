import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Where a fault server listens. */
export interface FaultListenerOptions {
  /** TLS of the server, as `node:https` takes it. Default: none. */
  readonly tls?: ServerOptions | undefined;
  /** A unix socket instead of a port of this machine. */
  readonly socketPath?: string | undefined;
}

/** A fault server on the network. Disposing stops it. */
export interface FaultServer extends AsyncDisposable {
  /** The address for `mcp.url`. */
  readonly url: string;
  readonly port: number;
  /** Connections that were made to it so far. */
  readonly connections: number;
  /** Stops to listen and cuts every connection. */
  stop(): Promise<void>;
  /** Listens again, on the same port, and has forgotten everything. */
  restart(): Promise<void>;
}

/** What `listenForFaults` takes. */
export interface ListenerParts extends FaultListenerOptions {
  readonly scheme: 'http' | 'ws';
  /** Path of the address. Default `/mcp`. */
  readonly path?: string | undefined;
  readonly onRequest: RequestListener;
  /** A server is about to listen, at the start and after each restart. */
  readonly onServer?: (server: Server) => void;
}

/** A server that can be stopped and started again. */
export async function listenForFaults({
  tls,
  socketPath,
  scheme,
  path = '/mcp',
  onRequest,
  onServer,
}: ListenerParts): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  let port = 0;
  let connections = 0;
  const start = async (): Promise<Server> => {
    const server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
    server.on('connection', (socket: Socket) => {
      connections++;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    onServer?.(server);
    await new Promise<void>((resolve) => {
      if (socketPath === undefined) server.listen(port, '127.0.0.1', resolve);
      else server.listen(socketPath, resolve);
    });
    if (socketPath === undefined) ({ port } = server.address() as AddressInfo);
    return server;
  };
  let server = await start();
  const stop = async (): Promise<void> => {
    const stopped = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await stopped;
  };
  return {
    // Certificates are for names.
    url: tls === undefined ? `${scheme}://127.0.0.1:${port}${path}` : `${scheme}s://localhost:${port}${path}`,
    port,
    get connections() {
      return connections;
    },
    stop,
    restart: async () => {
      server = await start();
    },
    [Symbol.asyncDispose]: stop,
  };
}
