import { connect, type Socket } from 'node:net';
import { expect } from 'vitest';

export type Headers = Readonly<Record<string, string>>;

const json: Headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
export const initialize = { id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25' } };
export const list = { id: 1, method: 'tools/list' };

/** Sends one message without a client library. */
export function post(url: URL, message: object, headers: Headers = {}): Promise<Response> {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return fetch(url, { method: 'POST', headers: { ...json, ...headers }, body });
}

/** Opens a session and gives the header fields that name it. */
export async function openSession(url: URL, headers: Headers = {}): Promise<Headers> {
  const response = await post(url, initialize, headers);
  expect(response.status).toBe(200);
  await response.text();
  return { ...headers, 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
}

/** The first lines of a POST, and those of `more`. */
export const head = (url: URL, more: string): string =>
  `POST /mcp HTTP/1.1\r\nhost: ${url.host}\r\naccept: application/json, text/event-stream\r\ncontent-type: application/json\r\n${more}\r\n`;

/** Connections of a test file, which end with each test. */
export class RawSockets {
  private readonly sockets: Socket[] = [];

  open(url: URL): Socket {
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.on('error', () => {});
    this.sockets.push(socket);
    return socket;
  }

  destroy(): void {
    for (const socket of this.sockets.splice(0)) socket.destroy();
  }
}
