import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy whose peers can vanish without a word. */
export interface VanishingProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that were made to it so far. */
  readonly connections: number;
  /** From now on nothing comes or goes on the connections that are open, and nobody ends them. New ones work. */
  vanish(): void;
}

/** Starts a proxy in front of a port of this machine. */
export async function startVanishingProxy(targetPort: number): Promise<VanishingProxy> {
  const clients = new Map<Socket, Socket>();
  const all = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    connections++;
    const target = connect(targetPort, '127.0.0.1');
    clients.set(client, target);
    for (const socket of [client, target]) {
      all.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => all.delete(socket));
    }
    client.pipe(target).pipe(client);
    client.once('close', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    vanish() {
      for (const [client, target] of clients) {
        target.unpipe(client);
        client.unpipe(target);
        client.pause();
      }
      clients.clear();
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of all) socket.destroy();
      await closed;
    },
  };
}
