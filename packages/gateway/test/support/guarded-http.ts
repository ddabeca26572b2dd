import {
  definePlugin,
  type HookHandlers,
  type Logger,
  type PluginConfigInput,
  PluginManager,
  silentLogger,
} from '@mcpplugins/framework-core';
import { httpGatewayHooks, httpIdentityFields } from '../../src/hook-points/hook-points.js';
import type { ServeHttpOptions } from '../../src/http/serve-http.js';
import { startHttpGateway } from './start-http.js';

/** A plugin as handlers, and what of its configuration is not as usual. */
export type TestPlugin = readonly [HookHandlers, Partial<PluginConfigInput>?];

/** A manager as a gateway on HTTP starts it; plugins are called `guard-1`, `guard-2`, … */
export async function startHttpManager(...plugins: readonly TestPlugin[]): Promise<PluginManager> {
  return PluginManager.start({
    fires: httpGatewayHooks,
    supplies: httpIdentityFields,
    plugins: plugins.map(([hooks, config], index) => {
      const name = `guard-${index + 1}`;
      const plugin = definePlugin({ name, hooks: () => hooks });
      return { config: { name, kind: 'test', ...config }, load: () => plugin };
    }),
    logger: silentLogger,
  });
}

/** A gateway on HTTP behind one plugin or several. */
export async function startGuarded(
  servers: ServeHttpOptions['servers'],
  plugins: readonly TestPlugin[],
  options: Partial<ServeHttpOptions> = {},
) {
  const lines: (readonly [message: string, details: unknown])[] = [];
  const log = (message: string, details?: unknown): void => void lines.push([message, details]);
  const logger: Logger = { ...silentLogger, info: log, warn: log, error: log };
  const manager = await startHttpManager(...plugins);
  return { ...(await startHttpGateway(servers, [], { manager, logger, ...options })), manager, lines };
}

/** Sends a message by POST as a client does. */
export async function post(
  url: URL,
  message: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  });
}

/** What opens a session. */
export const initialize = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

/** Opens a session and gives back the header that names it. */
export async function openSession(
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const response = await post(url, initialize, headers);
  await response.text();
  return { ...headers, 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
}

/** The body of an answer, be it JSON or a stream with one message. */
export async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const data = isStream ? text.split('\n').findLast((line) => line.startsWith('data: {')) : undefined;
  return JSON.parse(data?.slice('data: '.length) ?? text);
}
