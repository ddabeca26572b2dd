import { boundResponse } from './bound-response.js';

/** Bytes that a key set may have: the largest in use have some tens of thousands. */
const maxBytes = 262_144;

/** Fetches a key set as `fetch` does, but not one without end, and from nowhere else than asked. */
export async function fetchKeys(url: string, init: RequestInit): Promise<Response> {
  return boundResponse(await fetch(url, { ...init, redirect: 'error' }), maxBytes, 'the key set');
}
