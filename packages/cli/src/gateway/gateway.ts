import path from 'node:path';
import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type Logger, type PluginManager } from '@mcpplugins/framework-core';
import {
  GatewayMetrics,
  gatewaySchema,
  type GatewaySettings,
  type HttpGateway,
  serveHttp,
  serveOptionsOf,
  serversSchema,
  type ServersSettings,
  upstreamOptionsOf,
} from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import type { LayerOptions } from '../guard/layers.js';
import { checkStart } from '../gateway-coverage/check-start.js';
import { showCoverage } from '../gateway-coverage/show-coverage.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { startGuard } from '../guard/start-guard.js';
import { type DecisionLog, openDecisionLog } from '../run/decision-log.js';
import { followConfig } from '../run/follow-config.js';
import { logNotice } from '../run/log-notice.js';
import { watchErrors, watchSignals } from '../run/process-watch.js';
import { createStderrLogger, type LogLevel } from '../run/stderr-logger.js';
import type { Terminal } from '../terminal.js';
import { importServers } from './import-servers.js';

/** What `gateway` takes. */
export interface GatewayOptions extends LayerOptions {
  readonly config: string;
  /** Files of clients whose servers are served too. */
  readonly servers: readonly string[];
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Print who runs where, and serve nothing. */
  readonly check: boolean;
  /** Plugins that can never run are no error. */
  readonly allowIdle: boolean;
  /** File to which decisions are appended. */
  readonly decisions?: string | undefined;
  readonly logLevel: LogLevel;
}

/** Sections of a configuration that the gateway obeys. */
const gatewaySections = { servers: serversSchema, gateway: gatewaySchema };

/**
 * Serves MCP servers behind the plugins of a configuration over HTTP until a signal comes. The first signal lets calls under way
 * finish.
 * @throws ConfigError, and FrameworkError `SERVERS_MISSING`, `SERVERS_FILE_INVALID`, `CONDITION_NEVER_MATCHES`, `AUTH_REQUIRED`, `LISTEN_FAILED` or what a
 * manager throws when it starts
 */
export async function gateway(options: GatewayOptions, terminal: Terminal): Promise<ExitCode> {
  const logger = createStderrLogger(terminal, options.logLevel);
  let end = (_code: ExitCode): void => {};
  const ended = new Promise<ExitCode>((resolve) => {
    end = resolve;
  });
  // From before the first plugin is imported: that is when their code may first leave a promise alone.
  using _errors = watchErrors({ events: terminal.events, logger, onUncaught: () => end(exitCodes.failure) });
  const load = { ...guardLoadOptions(terminal, options, logger), sections: gatewaySections };
  const config = await loadGuard(options.config, terminal, options, load);
  for (const notice of config.notices) logNotice(notice, logger);
  const settings = settingsOf(config, options);
  const servers = serversOf(config, options, terminal);
  const host = settings.auth === undefined ? 'open_gateway' : 'gateway';
  const coverage = { config, host, allowsIdle: options.allowIdle } as const;
  if (options.check) {
    return await showCoverage(
      { ...coverage, servers: upstreamOptionsOf(servers, config.directory) },
      terminal,
    );
  }
  await checkStart({ ...coverage, servers, logger });
  const metrics = new GatewayMetrics();
  await using decisions = openDecisions(options, logger, terminal);
  await using manager = await startGuard(config, {
    host,
    logger,
    observers: [metrics.observer, ...(decisions === undefined ? [] : [decisions.observer])],
  });
  await using serving = await serveHttp({
    ...serveOptionsOf(servers, settings, config.directory),
    manager,
    metrics,
    logger,
  });
  await using _following = followConfig({
    config,
    load,
    manager,
    logger,
    terminal,
    prepare: async (next) => {
      const nextServers = serversOf(next, options, terminal);
      await checkStart({ ...coverage, config: next, servers: nextServers, logger });
      const upstreams = upstreamOptionsOf(nextServers, next.directory);
      return () => applyServers(serving, { config, next, upstreams, logger });
    },
  });
  using _signals = watchSignals(terminal.events, (isFirst) => {
    if (!isFirst) {
      end(exitCodes.failure);
      return;
    }
    logger.info('stopping: requests that are under way are still answered');
    void serving.close().then(() => end(exitCodes.ok));
  });
  logStart(manager, serving, logger);
  return await ended;
}

function settingsOf({ sections }: LoadedConfig, { host, port }: GatewayOptions): GatewaySettings {
  const settings = (sections['gateway'] ?? {}) as GatewaySettings;
  return { ...settings, ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
}

/** The servers of the configuration and of the files of clients, of which no two may have one name. */
function serversOf(config: LoadedConfig, options: GatewayOptions, terminal: Terminal): ServersSettings {
  const { cwd } = terminal;
  const servers: ServersSettings = { ...(config.sections['servers'] as ServersSettings | undefined) };
  for (const file of options.servers) {
    for (const [name, server] of Object.entries(importServers(file, terminal))) {
      if (Object.hasOwn(servers, name)) {
        throw new FrameworkError<CliErrorCode>(
          'SERVERS_FILE_INVALID',
          `${file}: there is a server "${name}" already; give one of them another name`,
        );
      }
      // A client starts its servers in its own folder, which nobody knows here.
      servers[name] =
        server.command === undefined ? server : { ...server, cwd: path.resolve(cwd, server.cwd ?? '.') };
    }
  }
  if (Object.keys(servers).length > 0) return servers;
  throw new FrameworkError<CliErrorCode>(
    'SERVERS_MISSING',
    `${options.config} has no \`servers\`: there is nothing to guard`,
  );
}

interface ChangedConfig {
  readonly config: LoadedConfig;
  readonly next: LoadedConfig;
  readonly upstreams: ReturnType<typeof upstreamOptionsOf>;
  readonly logger: Logger;
}

/** The servers of a changed configuration; what `gateway` says about listening holds from the next start. */
async function applyServers(
  serving: HttpGateway,
  { config, next, upstreams, logger }: ChangedConfig,
): Promise<void> {
  const { blocked: _logged, ...changes } = await serving.setServers(upstreams);
  if (Object.values(changes).some((names) => names.length > 0))
    logger.info('the servers changed', { ...changes });
  if (JSON.stringify(next.sections['gateway']) !== JSON.stringify(config.sections['gateway']))
    logger.warn('`gateway` of the configuration changed: that takes a restart');
}

function openDecisions(options: GatewayOptions, logger: Logger, terminal: Terminal): DecisionLog | undefined {
  if (options.decisions === undefined) return undefined;
  return openDecisionLog({ file: path.resolve(terminal.cwd, options.decisions), server: undefined, logger });
}

function logStart(manager: PluginManager, serving: HttpGateway, logger: Logger): void {
  const names = serving.serverNames;
  const plugins = manager.config.plugins.map(({ name, mode }) => `${name} (${mode})`).join(', ');
  for (const name of names)
    logger.info(`"${name}" is at ${new URL(`/servers/${encodeURIComponent(name)}/mcp`, serving.url).href}`);
  const merged = names.length === 1 ? 'it is also' : 'all of them, as one server, are';
  logger.info(`${merged} at ${new URL('/mcp', serving.url).href}`);
  if (plugins === '') logger.warn('no plugins: every server runs unguarded');
  else logger.info(`guarding with ${plugins}`);
}
