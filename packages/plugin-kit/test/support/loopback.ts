import { createServer, type RequestListener, type Server } from 'node:http';

/** A server on loopback that counts its connections. */
export interface Loopback extends AsyncDisposable {
  readonly port: number;
  readonly connections: number;
}

/** Starts one on a free port of `host`, or on `port`. */
export async function startLoopback(
  listener: RequestListener,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<Loopback> {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: portOf(server),
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
