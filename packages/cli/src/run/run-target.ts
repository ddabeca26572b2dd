import path from 'node:path';
import type { LoadedConfig } from '@mcpplugins/config-loader';
import { FrameworkError } from '@mcpplugins/framework-core';
import { mayLogInAt, type UpstreamOptions, upstreamOptionsOf } from '@mcpplugins/gateway';
import type { CliErrorCode } from '../errors/error-codes.js';
import { serversIn } from '../gateway/gateway-sections.js';
import { serverUnknown } from '../gateway/server-unknown.js';
import { describeCommand } from './describe-command.js';

/** How the command line says which server `run` stands in front of. */
export interface RunTargetOptions {
  /** The command of a server and its arguments, or nothing but the URL of one. */
  readonly command: readonly string[];
  /** A server of the configuration, by name. */
  readonly server?: string | undefined;
  readonly name?: string | undefined;
}

/** The server that `run` stands in front of. */
export interface RunTarget {
  readonly name: string;
  readonly options: UpstreamOptions;
  /** How people know it, without anything that may be secret. */
  readonly description: string;
}

/** @throws FrameworkError `COMMAND_MISSING`, `INPUT_INVALID` */
export function checkTarget({ command, server }: RunTargetOptions): void {
  if (command.length === 0 && server === undefined) {
    throw new FrameworkError<CliErrorCode>(
      'COMMAND_MISSING',
      'no command was given: there is nothing to guard\n  usage: mcpplugins run -c FILE [options] [--] COMMAND…',
    );
  }
  if (command.length > 0 && server !== undefined) {
    throw new FrameworkError<CliErrorCode>(
      'INPUT_INVALID',
      `--server ${server} and a command were given: one of them is too many`,
    );
  }
  if (isUrl(command[0]) && command.length > 1) {
    throw new FrameworkError<CliErrorCode>(
      'INPUT_INVALID',
      'a server behind a URL takes no arguments: write headers and the like into `servers:` of the configuration and name it with --server',
    );
  }
}

/** @throws FrameworkError `SERVER_UNKNOWN`, `INPUT_INVALID`, `UPSTREAM_TLS_INVALID` */
export function findTarget(
  { command, server, name }: RunTargetOptions,
  config: LoadedConfig,
  cwd: string,
): RunTarget {
  if (server !== undefined) return { ...targetInConfig(server, config), ...(name !== undefined && { name }) };
  const [program = '', ...args] = command;
  if (isUrl(program)) {
    const url = readUrl(program);
    return { name: name ?? url.hostname, options: remoteOf(url), description: describeUrl(url) };
  }
  // Options may have secrets; whoever reads the log knows the server by its program and script.
  const [script = '-'] = args;
  return {
    name: name ?? path.basename(program),
    options: { command: program, args, cwd, inherit: 'all' },
    description: describeCommand(script.startsWith('-') ? [program] : [program, script]),
  };
}

function targetInConfig(server: string, config: LoadedConfig): RunTarget {
  const servers = serversIn(config);
  const settings = Object.hasOwn(servers, server) ? servers[server] : undefined;
  const options = settings && upstreamOptionsOf({ [server]: settings }, config.directory)[server];
  if (options === undefined) throw serverUnknown(server, 'the configuration', Object.keys(servers));
  // The file means the same in the gateway, which gives a server a safe part of its environment.
  const same = 'command' in options ? { ...options, inherit: 'safe' as const } : options;
  return { name: server, options: same, description: `"${server}"` };
}

function isUrl(word: string | undefined): word is string {
  return word !== undefined && /^(https?|wss?):\/\//i.test(word);
}

function readUrl(word: string): URL {
  const url = URL.parse(word);
  if (url !== null) return url;
  throw new FrameworkError<CliErrorCode>('INPUT_INVALID', `${word} is no URL`);
}

/** Whoever names a server like this cannot say that it asks for OAuth: it is asked for a login when it does. */
function remoteOf(url: URL): UpstreamOptions {
  return mayLogInAt(url) ? { url, oauth: {} } : { url };
}

/** A query may have a key. */
function describeUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
