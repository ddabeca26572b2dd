import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { TransportError } from '../../errors/transport-error.js';
import type { HttpResponse } from './http-response.js';

/** Reads a body of text. @throws TransportError `MESSAGE_TOO_LARGE`, `STREAM_LOST` */
export function readText(response: HttpResponse, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.read({
      onData: (chunk) => {
        bytes += chunk.length;
        if (bytes <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        reject(tooLarge(maxBytes));
        response.destroy();
      },
      onEnd: (isWhole) => {
        const [first] = chunks;
        if (!isWhole)
          reject(new TransportError('STREAM_LOST', 'the connection ended in the middle of an answer'));
        else
          resolve(
            (chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)).toString('utf8'),
          );
      },
    });
  });
}

/** What a stream of events tells. */
export interface EventReceiver {
  onData(text: string): void;
  onId?(id: string): void;
  onRetry?(milliseconds: number): void;
  /** An event of another name than `message`. */
  onOther?(name: string, text: string): void;
}

/** Reads a stream of events to its end, however it ends. @throws TransportError `MESSAGE_TOO_LARGE` */
export function readEvents(response: HttpResponse, maxBytes: number, receiver: EventReceiver): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      reject(tooLarge(maxBytes));
      response.destroy();
    };
    const parser = createParser({
      maxBufferSize: maxBytes,
      onEvent: ({ id, event, data }) => {
        if (id !== undefined) receiver.onId?.(id);
        if (data.length > maxBytes) refuse();
        else if (event !== undefined && event !== 'message') receiver.onOther?.(event, data);
        else if (data !== '') receiver.onData(data);
      },
      onRetry: (milliseconds) => receiver.onRetry?.(milliseconds),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') refuse();
      },
    });
    const decoder = new StringDecoder('utf8');
    response.read({ onData: (chunk) => parser.feed(decoder.write(chunk)), onEnd: () => resolve() });
  });
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError('MESSAGE_TOO_LARGE', `a message of more than ${maxBytes} bytes was dropped`);
}
