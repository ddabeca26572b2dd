import {
  type AnyHookContract,
  Plugin,
  type PluginClass,
  type PluginConfig,
} from '@mcpplugins/framework-core';
import type { PluginDescription } from '@mcpplugins/framework-core/wire';
import type { ConnectionLease, ConnectionPool } from '../connection/connection-pool.js';
import { externalError } from '../errors/peer-error.js';
import type { ServerSpec } from '../spec/server-spec.js';
import { HookCaller, type HookCallerOptions } from './hook-caller.js';

/** What `createExternalPlugin` takes. */
export interface ExternalPluginParts {
  readonly spec: ServerSpec;
  readonly pool: ConnectionPool;
  readonly description: PluginDescription;
  /** What weakens the connection, for the plugin's health. */
  readonly healthWarnings: readonly string[];
  /** Contracts of the hooks that the plugin runs on here. */
  readonly contracts: readonly AnyHookContract[];
  readonly caller: Omit<HookCallerOptions, 'contract'>;
}

/** Makes the class that stands for a plugin at a server. Its handlers call the server and say what it says, or throw. */
export function createExternalPlugin(parts: ExternalPluginParts): PluginClass {
  const { spec, pool, description, contracts, caller } = parts;
  return class ExternalPlugin extends Plugin {
    static override readonly version = description.version;
    override readonly hooks = Object.fromEntries(
      contracts.map((contract) => {
        const hook = new HookCaller({ ...caller, contract });
        return [
          contract.name,
          (payload: object, context: Parameters<HookCaller['call']>[2]) =>
            hook.call(this.connection, payload, context),
        ];
      }),
    );
    override readonly healthWarnings = parts.healthWarnings;
    lease: ConnectionLease | undefined = undefined;

    get connection(): ConnectionLease['connection'] {
      if (this.lease !== undefined) return this.lease.connection;
      throw externalError('PEER_UNREACHABLE', `plugin "${this.name}" is not initialised, or shut down`);
    }

    override async initialize(): Promise<void> {
      this.lease = pool.acquire(spec);
      await this.connection.check();
    }

    override async shutdown(): Promise<void> {
      await this.lease?.release();
      this.lease = undefined;
    }

    override async healthCheck(): Promise<void> {
      await this.connection.check();
    }
  };
}

/** Whether two configurations lead to the same plugin at the same server. */
export function pluginKey(config: PluginConfig, spec: ServerSpec, description: PluginDescription): string {
  return JSON.stringify([
    config.name,
    config.hooks,
    spec,
    { ...description, features: [...description.features] },
  ]);
}
