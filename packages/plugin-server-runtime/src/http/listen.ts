import { chmodSync, existsSync, lstatSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { describeError } from '@mcpplugins/framework-core';
import { runtimeError } from '../errors/runtime-error.js';

/** Where to listen: a host and port, or a unix socket. */
export type ListenAddress =
  { readonly host: string; readonly port: number; readonly uds?: undefined } | { readonly uds: string };

/** Starts to listen. A unix socket that nobody listens on any longer is replaced. @throws FrameworkError `SERVER_LISTEN_FAILED` */
export async function listen(server: Server, address: ListenAddress): Promise<void> {
  const where = address.uds !== undefined ? address.uds : `${address.host}:${address.port}`;
  try {
    if (address.uds !== undefined) await removeStaleSocket(address.uds);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('listening', () => {
        server.off('error', reject);
        resolve();
      });
      if (address.uds !== undefined) server.listen(address.uds);
      else server.listen(address.port, address.host);
    });
    if (address.uds !== undefined) chmodSync(address.uds, 0o600);
  } catch (error) {
    throw runtimeError('SERVER_LISTEN_FAILED', `cannot listen on ${where}: ${describeError(error)}`, error);
  }
}

async function removeStaleSocket(file: string): Promise<void> {
  if (!existsSync(file)) return;
  if (!lstatSync(file).isSocket()) throw new Error('there is a file of that name that is no socket');
  const isAlive = await new Promise<boolean>((resolve) => {
    const probe = connect(file);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
  if (isAlive) throw new Error('another server listens on it');
  unlinkSync(file);
}
