import { httpFaults } from './http-faults.js';
import { streamFaults } from './stream-faults.js';

/** What `args.fault` of a hook call can ask of fault servers: those of Streamable HTTP, and those with one channel (stdio, SSE, WebSocket). */
export const faultNames: { readonly http: readonly string[]; readonly stream: readonly string[] } = {
  http: Object.keys(httpFaults),
  stream: Object.keys(streamFaults),
};
