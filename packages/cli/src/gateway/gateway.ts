import path from 'node:path';
import type { LoadedConfig } from '@mcpplugins/config-loader';
import type { Logger, PluginManager } from '@mcpplugins/framework-core';
import {
  FileTokenStore,
  GatewayMetrics,
  type GatewaySettings,
  type HttpGateway,
  serveHttp,
  serveOptionsOf,
  upstreamOptionsOf,
} from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import type { LayerOptions } from '../guard/layers.js';
import { checkStart } from '../gateway-coverage/check-start.js';
import { showCoverage } from '../gateway-coverage/show-coverage.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { startGuard } from '../guard/start-guard.js';
import { askInBrowser } from '../login/ask-in-browser.js';
import { tokenFolder } from '../login/token-folder.js';
import { type DecisionLog, openDecisionLog } from '../run/decision-log.js';
import { followConfig } from '../run/follow-config.js';
import { logNotice } from '../run/log-notice.js';
import { watchErrors, watchSignals } from '../run/process-watch.js';
import { createStderrLogger, type LogLevel } from '../run/stderr-logger.js';
import type { Terminal } from '../terminal.js';
import { gatewayIn, gatewaySections, hostOfGateway } from './gateway-sections.js';
import { serversOf } from './servers-of.js';

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
  /** Whether a browser is opened for a login, or the address only printed. */
  readonly opensBrowser: boolean;
  readonly logLevel: LogLevel;
}

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
  const servers = serversOf(config, options, { terminal, logger });
  const host = hostOfGateway(settings);
  const coverage = { config, host, allowsIdle: options.allowIdle } as const;
  const tokens = new FileTokenStore(tokenFolder(terminal));
  if (options.check) {
    return await showCoverage(
      { ...coverage, servers: upstreamOptionsOf(servers, config.directory), tokens },
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
    login: { tokens, askPerson: askInBrowser({ terminal, opensBrowser: options.opensBrowser }) },
  });
  await using _following = followConfig({
    config,
    load,
    manager,
    logger,
    terminal,
    prepare: async (next) => {
      const nextServers = serversOf(next, options, { terminal, logger });
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

function settingsOf(config: LoadedConfig, { host, port }: GatewayOptions): GatewaySettings {
  return { ...gatewayIn(config), ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
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
  return openDecisionLog({ file: path.resolve(terminal.cwd, options.decisions), logger });
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
