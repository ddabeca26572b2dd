import type { AroundRequest, HttpAddress } from '@mcpplugins/mcp-transport';

/** What goes around the requests of a connection. */
type Around = Pick<HttpAddress, 'around' | 'isAroundNeeded'>;

/** Plugins go around a login: what they see never has its token, and each request goes by them once, however often it is sent. */
export function aroundBoth(plugins: Around = {}, login: AroundRequest | undefined): Around {
  const { around } = plugins;
  if (login === undefined) return plugins;
  if (around === undefined) return { around: login };
  return {
    around: (request, send) => around(request, (headers) => login({ ...request, headers }, send)),
  };
}
