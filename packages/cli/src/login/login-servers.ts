import { FrameworkError } from '@mcpplugins/framework-core';
import { type HttpUpstreamOptions, upstreamOptionsOf } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { gatewaySections } from '../gateway/gateway-sections.js';
import { serverUnknown } from '../gateway/server-unknown.js';
import { type ServerFiles, serversOf } from '../gateway/servers-of.js';
import type { LayerOptions } from '../guard/layers.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { createStderrLogger } from '../run/stderr-logger.js';
import type { Terminal } from '../terminal.js';

/** Which servers `login` and `logout` are about. */
export interface LoginServersOptions extends LayerOptions, ServerFiles {
  /** Default: every server at which people log in. */
  readonly server?: string | undefined;
}

/**
 * The servers of a configuration at which people log in, or the one that was named.
 * @throws ConfigError, and FrameworkError `SERVERS_MISSING`, `SERVERS_FILE_INVALID`, `SERVER_UNKNOWN`, `LOGIN_NOT_CONFIGURED`
 */
export async function findLoginServers(
  options: LoginServersOptions,
  terminal: Terminal,
): Promise<readonly (readonly [name: string, server: HttpUpstreamOptions])[]> {
  const logger = createStderrLogger(terminal, 'warn');
  const load = { ...guardLoadOptions(terminal, options, logger), sections: gatewaySections };
  const config = await loadGuard(options.config, terminal, options, load);
  const servers = upstreamOptionsOf(serversOf(config, options, { terminal, logger }), config.directory);
  const personal = Object.entries(servers).flatMap(([name, server]) =>
    'url' in server && server.oauth !== undefined && server.oauth.grant !== 'client_credentials'
      ? [[name, server] as const]
      : [],
  );
  const wanted =
    options.server === undefined ? personal : personal.filter(([name]) => name === options.server);
  if (wanted.length > 0) return wanted;
  const names = Object.keys(servers);
  if (options.server !== undefined && !names.includes(options.server))
    throw serverUnknown(options.server, options.config, names);
  throw new FrameworkError<CliErrorCode>('LOGIN_NOT_CONFIGURED', whyNone(options));
}

function whyNone({ config, server }: LoginServersOptions): string {
  return server === undefined
    ? `${config} has no server with \`oauth\` at which people log in`
    : `nobody logs in at server "${server}": it has no \`oauth\`, or one that needs no person`;
}
