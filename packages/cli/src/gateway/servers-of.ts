import path from 'node:path';
import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError, type Logger } from '@mcpplugins/framework-core';
import type { ServersSettings } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';
import { serversIn } from './gateway-sections.js';
import { importServers } from './import-servers.js';

/** Where servers are written. */
export interface ServerFiles {
  readonly config: string;
  /** Files of clients whose servers are served too. */
  readonly servers: readonly string[];
}

/**
 * The servers of a configuration and of the files of clients, of which no two may have one name.
 * @throws FrameworkError `SERVERS_MISSING`, `SERVERS_FILE_INVALID`
 */
export function serversOf(
  config: LoadedConfig,
  files: ServerFiles,
  { terminal, logger }: { readonly terminal: Terminal; readonly logger: Logger },
): ServersSettings {
  const { cwd } = terminal;
  const servers = serversIn(config);
  for (const file of files.servers) {
    for (const [name, server] of Object.entries(importServers(file, { ...terminal, logger }))) {
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
    `${files.config} has no \`servers\`: there is nothing to guard`,
  );
}
