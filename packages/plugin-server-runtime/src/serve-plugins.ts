import type { Readable, Writable } from 'node:stream';
import { loadConfig } from '@mcpplugins/config-loader';
import {
  type AnyHookContract,
  type Logger,
  type PluginRegistration,
  type PluginSettingsInput,
  silentLogger,
} from '@mcpplugins/framework-core';
import { ServedPlugins } from '@mcpplugins/framework-core/wire';
import { StdioServerTransport } from '@mcpplugins/mcp-transport';
import { runtimeError } from './errors/runtime-error.js';
import { type PluginHttpServer, startHttpServer } from './http/plugin-http-server.js';
import { HookTools } from './mcp/hook-tools.js';
import type { DispatcherShared } from './mcp/mcp-dispatcher.js';
import { serveSession } from './mcp/serve-session.js';
import { CallCounts } from './metrics/call-counts.js';
import type { ServerTransport } from './settings/environment.js';
import {
  resolveServerSettings,
  type ServerSettings,
  type ServerSettingsInput,
  serverSettingsSchema,
} from './settings/server-settings.js';

/** What `servePlugins` takes: a configuration file, or the plugins themselves. */
export interface ServePluginsOptions {
  /** Path of a configuration; its `server_settings` win over `settings`. */
  readonly config?: string | undefined;
  readonly plugins?: readonly PluginRegistration[] | undefined;
  readonly pluginSettings?: PluginSettingsInput | undefined;
  readonly transport: ServerTransport;
  /** Where and how to listen; for HTTP. */
  readonly settings?: ServerSettingsInput | undefined;
  /** Settings that win over those of the configuration, e.g. from a command line. */
  readonly overrides?: ServerSettingsInput | undefined;
  /** Hooks that plugins may name. Default: the built-in ones. */
  readonly contracts?: readonly AnyHookContract[] | undefined;
  /** Variables for `${NAME}` in the configuration. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly logger?: Logger | undefined;
  /** For stdio. Default: those of the process. */
  readonly stdin?: Readable | undefined;
  readonly stdout?: Writable | undefined;
  /** Whether `/metrics` answers. Default true. */
  readonly metrics?: boolean | undefined;
}

/** A plugin server that runs. */
export interface PluginServer extends AsyncDisposable {
  /** Address of the endpoint, path of the unix socket, or `stdio`. */
  readonly address: string;
  /** Address of the plain server for health checks beside one with TLS. */
  readonly healthAddress: string | undefined;
  /** Names of the plugins that are served. */
  readonly plugins: readonly string[];
  /** Resolves when the server has stopped, by `close()` or, on stdio, because the client has gone. */
  readonly closed: Promise<void>;
  /** Takes no new calls, lets those under way finish for `drain_timeout`, shuts the plugins down. Once is enough. */
  close(): Promise<void>;
}

/**
 * Serves plugins over MCP to any host, in both dialects.
 *
 * @example
 * await using server = await servePlugins({ config: 'plugins.yaml', transport: 'http', settings: { port: 8000 } });
 * @throws ConfigError, FrameworkError `SERVER_SETTINGS_INVALID`, `SERVER_TLS_INVALID`, `SERVER_LISTEN_FAILED`,
 * `SERVER_NO_PLUGINS`, and what a plugin throws that cannot start
 */
export async function servePlugins(options: ServePluginsOptions): Promise<PluginServer> {
  const logger = options.logger ?? silentLogger;
  const { plugins, pluginSettings, serverSettings } = await load(options, logger);
  const settings = resolveServerSettings({ ...(serverSettings ?? options.settings), ...options.overrides });
  const { contracts } = options;
  const served = await ServedPlugins.start({ plugins, settings: pluginSettings, contracts, logger });
  try {
    if (served.all().length === 0) throw runtimeError('SERVER_NO_PLUGINS', 'there is no plugin to serve');
    return await start(served, settings, { ...options, logger });
  } catch (error) {
    await served.shutdown();
    throw error;
  }
}

interface Loaded {
  readonly plugins: readonly PluginRegistration[];
  readonly pluginSettings: PluginSettingsInput | undefined;
  readonly serverSettings: ServerSettingsInput | undefined;
}

async function load(options: ServePluginsOptions, logger: Logger): Promise<Loaded> {
  const { config, plugins = [], pluginSettings, env, contracts } = options;
  if (config === undefined) return { plugins, pluginSettings, serverSettings: undefined };
  const loaded = await loadConfig(config, {
    env,
    contracts,
    sections: { server_settings: serverSettingsSchema },
  });
  for (const { file, line, column, message } of loaded.notices)
    logger.info(`${file}:${line}:${column} ${message}`);
  return {
    plugins: [...loaded.plugins, ...plugins],
    pluginSettings: loaded.settings,
    serverSettings: loaded.sections['server_settings'] as ServerSettingsInput | undefined,
  };
}

type StartOptions = ServePluginsOptions & { readonly logger: Logger };

async function start(
  served: ServedPlugins,
  settings: ServerSettings,
  options: StartOptions,
): Promise<PluginServer> {
  const names = served.all().map(({ plugin }) => plugin.config.name);
  const counts = new CallCounts(names);
  const shared: DispatcherShared = {
    tools: new HookTools(served, counts),
    logger: options.logger,
    maxDepth: served.settings.maxDepth + 10,
    maxConcurrentCalls: settings.maxConcurrentCalls,
    isDraining: false,
    activeCalls: 0,
    onIdle: undefined,
  };
  const front =
    options.transport === 'stdio'
      ? await startStdio(shared, settings, options)
      : await startHttp(shared, settings, { options, counts });
  let closing: Promise<void> | undefined;
  let markClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    markClosed = resolve;
  });
  const close = (): Promise<void> => {
    closing ??= (async () => {
      shared.isDraining = true;
      front.stopListening();
      await drained(shared, settings.drainTimeoutMs);
      await front.close();
      await served.shutdown();
      markClosed();
    })();
    return closing;
  };
  void front.gone.then(close);
  return {
    address: front.address,
    healthAddress: front.healthAddress,
    plugins: names,
    closed,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How clients reach the server. */
type Front = PluginHttpServer & {
  /** Resolves when there can be no client any longer. */
  readonly gone: Promise<void>;
};

async function startHttp(
  shared: DispatcherShared,
  settings: ServerSettings,
  { options, counts }: { readonly options: StartOptions; readonly counts: CallCounts },
): Promise<Front> {
  const facts = {
    name: 'MCP Plugin Server',
    transport: 'streamablehttp',
    usesTls: settings.tls !== undefined,
  };
  const server = await startHttpServer({
    settings,
    shared,
    logger: options.logger,
    status: {
      isReady: () => !shared.isDraining,
      metrics: options.metrics === false ? undefined : () => counts.toPrometheus(facts),
    },
  });
  return { ...server, gone: new Promise<void>(() => {}) };
}

async function startStdio(
  shared: DispatcherShared,
  settings: ServerSettings,
  { stdin, stdout }: StartOptions,
): Promise<Front> {
  const transport = new StdioServerTransport({ stdin, stdout, maxMessageBytes: settings.maxMessageBytes });
  // What the client has asked for is still answered after it closed our stdin.
  const ended = new Promise<void>((resolve) => {
    transport.oninputend = resolve;
  });
  const { closed } = await serveSession(transport, shared);
  return {
    address: 'stdio',
    healthAddress: undefined,
    gone: Promise.race([ended, closed]),
    stopListening: () => {},
    close: () => transport.close(),
  };
}

/** Resolves when no call is under way, or the time is over. */
function drained(shared: DispatcherShared, timeoutMs: number): Promise<void> {
  if (shared.activeCalls === 0) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    shared.onIdle = () => {
      clearTimeout(timer);
      // The answers of the last calls are written in the same turn.
      setImmediate(resolve);
    };
  });
}
