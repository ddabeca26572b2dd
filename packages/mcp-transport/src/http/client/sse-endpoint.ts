import { TransportError } from '../../errors/transport-error.js';

/**
 * Path and query to which messages go, from what an SSE server says. An address of another origin is refused: it would get the
 * credentials and the messages that are meant for this one.
 * @throws TransportError `ENDPOINT_REFUSED`
 */
export function resolveEndpoint(text: string, stream: URL): string {
  let endpoint: URL;
  try {
    endpoint = new URL(text, stream);
  } catch (error) {
    throw new TransportError(
      'ENDPOINT_REFUSED',
      'the server named something else than an address for messages',
      {
        cause: error,
      },
    );
  }
  if (endpoint.origin !== stream.origin || endpoint.username !== '' || endpoint.password !== '') {
    throw new TransportError(
      'ENDPOINT_REFUSED',
      `${stream.origin} wants messages to be sent to ${endpoint.origin}, which is another origin`,
    );
  }
  return endpoint.pathname + endpoint.search;
}
