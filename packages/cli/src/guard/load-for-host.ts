import type { LoadedConfig } from '@mcpplugins/config-loader';
import { z } from 'zod';
import type { Terminal } from '../terminal.js';
import { guardLoadOptions, loadGuard } from './load-guard.js';
import { type GuardHost, hostOfRun } from './start-guard.js';

/** Sections of a gateway; what is in them is for the gateway to check. */
const sections = { servers: z.unknown(), gateway: z.unknown() };

/** A configuration, and the host that it is for. */
export interface HostedConfig {
  readonly config: LoadedConfig;
  readonly host: GuardHost;
}

/**
 * Loads a configuration that is only looked at: one with `servers` is for `mcpplugins gateway`, which calls more hooks and may know
 * who is asking, any other for `mcpplugins run`.
 * @param server name of the server under `run`
 * @throws ConfigError
 */
export async function loadForHost(
  file: string,
  terminal: Terminal,
  server: string | undefined,
): Promise<HostedConfig> {
  const config = await loadGuard(file, terminal, {}, { ...guardLoadOptions(terminal, {}), sections });
  const { servers, gateway } = config.sections;
  if (servers === undefined) return { config, host: hostOfRun(server) };
  return { config, host: isClosed(gateway) ? 'gateway' : 'open_gateway' };
}

function isClosed(gateway: unknown): boolean {
  return typeof gateway === 'object' && gateway !== null && 'auth' in gateway;
}
