import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { deepJson, type HostMessage, hookReply, replyWith } from './healthy-answers.js';

type HttpFault = (
  message: HostMessage,
  response: ServerResponse,
  connection: { readonly socket: Socket },
) => void;

const json = { 'content-type': 'application/json' };
const stream = { 'content-type': 'text/event-stream' };
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** Faults of servers of Streamable HTTP, by what `args.fault` of a hook call names. */
export const httpFaults: Readonly<Record<string, HttpFault>> = {
  'status-500-html': (_, response) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>secret</h1>'),
  'html-200': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>secret</h1>'),
  'invalid-json': (_, response) => response.writeHead(200, json).end('{"secret":'),
  'wrong-id': (message, response) =>
    response.writeHead(200, json).end(JSON.stringify({ ...hookReply(message), id: 999_999 })),
  'wrong-id-in-stream': (message, response) =>
    response.writeHead(200, stream).end(event({ ...hookReply(message), id: 999_999 })),
  'null-result': ({ id }, response) =>
    response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, result: null })),
  'three-times': (message, response) => {
    response.writeHead(200, stream).end(event(hookReply(message)).repeat(3));
  },
  'stream-ends': (_, response) => response.writeHead(200, stream).end(': bye\n\n'),
  'garbage-event': (message, response) => {
    response.writeHead(200, stream).end(`data: {not json\n\n${event(hookReply(message))}`);
  },
  'reset-before': (_, __, { socket }) => socket.resetAndDestroy(),
  'reset-inside': (_, response, { socket }) => {
    response.writeHead(200, { ...json, 'content-length': 1000 }).write('{"jsonrpc"');
    setImmediate(() => socket.resetAndDestroy());
  },
  silence: () => {},
  'headers-only': (_, response) => response.writeHead(200, json).flushHeaders(),
  'slow-loris': (_, response) => {
    response.writeHead(200, json);
    writeSlowly(response);
  },
  accepted: (_, response) => response.writeHead(202).end(),
  huge: (_, response) => {
    response.writeHead(200, json).write('{"jsonrpc":"2.0","text":"');
    writeHuge(response, 100_000_000, '"}');
  },
  deep: (message, response) => response.writeHead(200, json).end(replyWith(message, deepJson)),
  redirect: (_, response) => response.writeHead(307, { location: 'http://other.example/mcp' }).end(),
  'gzip-bomb': (_, response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
  'too-many-requests': (_, response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  unavailable: (_, response) => response.writeHead(503, { 'retry-after': '1' }).end(),
  unauthorized: (_, response) => response.writeHead(401).end(),
};

/** Writes so many bytes, unless the reader stops, and ends with `last`. */
export function writeHuge(response: ServerResponse, bytes: number, last: string): void {
  const chunk = 'x'.repeat(65_536);
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end(last);
  };
  more();
}

/** Writes a byte now and then, until nobody reads. */
export function writeSlowly(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
}
