import { FrameworkError } from '@mcpplugins/framework-core';

/**
 * Reads a body whole, decompressed, and no further than the limit.
 * @throws FrameworkError `NET_RESPONSE_TOO_LARGE`
 */
export async function readBody(
  body: AsyncIterable<unknown> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > maxBytes) {
      // Leaving the loop cancels the stream, and so closes the connection.
      throw new FrameworkError('NET_RESPONSE_TOO_LARGE', `the answer has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
