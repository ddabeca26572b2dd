import {
  type HttpAddress,
  type HttpPool,
  type RawTransport,
  SseClientTransport,
  StreamableHttpClientTransport,
} from '@mcpplugins/mcp-transport';
import type { HttpUpstreamOptions } from './upstream-options.js';

/** What a connection has besides what the configuration says. */
interface HttpTransportContext extends Pick<HttpAddress, 'around' | 'isAroundNeeded'> {
  readonly pool?: HttpPool | undefined;
  readonly maxMessageBytes?: number | undefined;
}

/** A connection to a server over HTTP, not yet started. */
export function createHttpTransport(
  { type, oauth: _login, configured: _configured, ...address }: HttpUpstreamOptions,
  context: HttpTransportContext,
): RawTransport {
  const Transport = type === 'sse' ? SseClientTransport : StreamableHttpClientTransport;
  return new Transport({ ...address, ...context });
}
