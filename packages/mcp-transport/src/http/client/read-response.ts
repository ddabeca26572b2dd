import type { IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import { TransportError } from '../../errors/transport-error.js';

/** Reads a body of text. @throws TransportError `MESSAGE_TOO_LARGE`, `STREAM_LOST` */
export function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= maxBytes) return;
      response.destroy();
      reject(new TransportError('MESSAGE_TOO_LARGE', `a message of more than ${maxBytes} bytes was dropped`));
    });
    let isWhole = false;
    response.once('end', () => {
      isWhole = true;
      const [first] = chunks;
      resolve((chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)).toString('utf8'));
    });
    response.once('error', (error) => reject(lost(error)));
    response.once('close', () => {
      if (!isWhole) reject(lost());
    });
  });
}

/** What a stream of events tells. */
export interface EventReceiver {
  onData(text: string): void;
  onId(id: string): void;
  onRetry(milliseconds: number): void;
}

/** Reads a stream of events to its end, however it ends. @throws TransportError `MESSAGE_TOO_LARGE` */
export function readEvents(
  response: IncomingMessage,
  maxBytes: number,
  receiver: EventReceiver,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      response.destroy();
      reject(new TransportError('MESSAGE_TOO_LARGE', `a message of more than ${maxBytes} bytes was dropped`));
    };
    const parser = createParser({
      maxBufferSize: maxBytes,
      onEvent: ({ id, event, data }) => {
        if (id !== undefined) receiver.onId(id);
        if (data.length > maxBytes) refuse();
        else if (data !== '' && (event === undefined || event === 'message')) receiver.onData(data);
      },
      onRetry: (milliseconds) => receiver.onRetry(milliseconds),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') refuse();
      },
    });
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => parser.feed(chunk));
    response.once('error', () => resolve());
    response.once('close', () => resolve());
  });
}

function lost(cause?: Error): TransportError {
  return new TransportError('STREAM_LOST', 'the connection ended in the middle of an answer', { cause });
}
