import { FrameworkError } from '@mcpplugins/framework-core';
import { toCamelCase, toSnakeCase } from '@mcpplugins/framework-core/wire';
import { isObject } from '../hook-points/read-params.js';
import { upstreamOf } from '../settings/serve-options.js';
import { type ServerSettings, serversSchema } from '../settings/servers-schema.js';
import type { UpstreamOptions } from '../upstream/upstream-options.js';
import { redactInfo, restoreInfo } from './redact-info.js';

/** A server as a configuration spells it. */
export type ServerInfo = Readonly<Record<string, unknown>>;

/** A server as plugins see it: as the configuration has it, with its name and without credentials. */
export function shownInfo(name: string, options: UpstreamOptions): ServerInfo {
  return { name, ...(redactInfo(infoOf(options)) as ServerInfo) };
}

/**
 * A server as a plugin changed it.
 * @throws FrameworkError `SERVER_INFO_INVALID`, `UPSTREAM_TLS_INVALID`
 */
export function changedServer(name: string, options: UpstreamOptions, changed: ServerInfo): UpstreamOptions {
  const { name: _name, ...rest } = changed;
  const info = infoOf(options);
  const restored = restoreInfo(rest, redactInfo(info), info);
  if (!isObject(restored))
    throw invalid(name, 'a redacted value was moved: it stands for nothing where it is now');
  const parsed = serversSchema.safeParse({ [name]: settingsOf(restored) });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')} ${message}`);
    throw invalid(name, problems.join('; ').trim());
  }
  const settings = parsed.data[name] ?? {};
  const directory = options.configured?.directory ?? process.cwd();
  return keepUnspelled(options, upstreamOf(name, { settings, directory }));
}

function invalid(name: string, problem: string): FrameworkError {
  return new FrameworkError('SERVER_INFO_INVALID', `server "${name}" as a plugin changed it: ${problem}`);
}

/** What options say that no configuration has: it stays as it is. */
function keepUnspelled(before: UpstreamOptions, after: UpstreamOptions): UpstreamOptions {
  if (before.configured !== undefined) return after;
  if ('command' in before && 'command' in after)
    return { ...after, inherit: before.inherit, closeGraceMs: before.closeGraceMs };
  if ('url' in before && 'url' in after) return { ...after, tls: after.tls ?? before.tls };
  return after;
}

function infoOf(options: UpstreamOptions): Record<string, unknown> {
  const settings = options.configured?.settings ?? spelled(options);
  return JSON.parse(JSON.stringify(renameKeys(settings, toSnakeCase))) as Record<string, unknown>;
}

function settingsOf(info: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return renameKeys(info, toCamelCase);
}

function spelled(options: UpstreamOptions): ServerSettings {
  const idleTimeout = options.idleTimeoutMs === undefined ? undefined : options.idleTimeoutMs / 1000;
  if ('command' in options) {
    const { command, args, env, cwd } = options;
    return { command, args: args && [...args], env: env && { ...env }, cwd, idleTimeout };
  }
  const { url, headers, type, socketPath, oauth } = options;
  return {
    url: String(url),
    headers: headers && { ...headers },
    type,
    uds: socketPath,
    oauth: oauth && { ...oauth, scopes: oauth.scopes && [...oauth.scopes] },
    idleTimeout,
  };
}

/** Parts of a server whose keys are words of the configuration; those of `env` and `headers` are names. */
const spelledParts: ReadonlySet<string> = new Set(['tls', 'oauth']);

function renameKeys(value: object, rename: (key: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      rename(key),
      spelledParts.has(key) && isObject(part) ? renameKeys(part, rename) : part,
    ]),
  );
}
