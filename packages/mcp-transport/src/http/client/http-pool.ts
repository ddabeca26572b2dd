import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TlsClientOptions } from './http-client-options.js';
import { HttpSocket, type ResponseHandler } from './http-socket.js';

/** Where a pool connects to. */
export interface HttpPoolOptions {
  readonly url: URL;
  readonly tls?: TlsClientOptions | undefined;
  /** A unix socket; the host of the URL then only names the server. */
  readonly socketPath?: string | undefined;
}

/** Milliseconds for which an idle connection is kept: less than the 5000 after which Node's servers close theirs. */
const idleMs = 4000;

/** Milliseconds of silence after which the system asks whether the other machine is still there. */
export const keepAliveMs = 15_000;

/** Connections to one server that stay open. Lean on purpose: one write a request, no streams, nothing sent twice. */
export class HttpPool {
  private readonly options: HttpPoolOptions;
  private readonly sockets = new Set<HttpSocket>();
  private idle: HttpSocket[] = [];

  constructor(options: HttpPoolOptions) {
    this.options = options;
  }

  /** Sends a request. Gives back what gives it up. */
  send(text: string, handler: ResponseHandler): () => void {
    return (this.take() ?? this.open()).send(text, handler);
  }

  /** Ends every connection. */
  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    this.idle = [];
  }

  private take(): HttpSocket | undefined {
    for (let socket = this.idle.pop(); socket !== undefined; socket = this.idle.pop()) {
      if (!socket.isOpen) continue;
      socket.wake();
      return socket;
    }
    return undefined;
  }

  private open(): HttpSocket {
    const raw = this.connect();
    raw.setKeepAlive(true, keepAliveMs);
    const socket = new HttpSocket(raw, (free) => {
      this.idle.push(free);
      free.rest(idleMs);
    });
    this.sockets.add(socket);
    raw.once('close', () => {
      this.sockets.delete(socket);
      this.idle = this.idle.filter((one) => one !== socket);
    });
    return socket;
  }

  private connect(): Socket {
    const { url, tls, socketPath } = this.options;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isSecure = url.protocol === 'https:';
    const place =
      socketPath === undefined
        ? { host, port: Number(url.port || (isSecure ? 443 : 80)) }
        : { path: socketPath };
    if (!isSecure) return connectTcp(place);
    // TLS names no addresses (RFC 6066, section 3); the certificate is checked against `host` all the same.
    const name = isIP(host) === 0 ? { servername: host } : undefined;
    return connectTls({ ...name, ALPNProtocols: ['http/1.1'], ...tls, ...place });
  }
}
