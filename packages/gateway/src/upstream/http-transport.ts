import {
  type AroundRequest,
  type HttpPool,
  type RawTransport,
  SseClientTransport,
  StreamableHttpClientTransport,
} from '@mcpplugins/mcp-transport';
import type { HttpUpstreamOptions } from './upstream-options.js';

/** What a connection has besides what the configuration says. */
interface HttpTransportContext {
  readonly pool?: HttpPool | undefined;
  readonly maxMessageBytes?: number | undefined;
  readonly around?: AroundRequest | undefined;
}

/** A connection to a server over HTTP, not yet started. */
export function createHttpTransport(
  { type, oauth: _login, ...address }: HttpUpstreamOptions,
  context: HttpTransportContext,
): RawTransport {
  const Transport = type === 'sse' ? SseClientTransport : StreamableHttpClientTransport;
  return new Transport({ ...address, ...context });
}
