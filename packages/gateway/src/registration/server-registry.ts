import { describeError, type Logger } from '@mcpplugins/framework-core';
import { registrationHooks, type ServerOperation } from '../hook-points/registration-hooks.js';
import type { HookHost } from '../relay/session.js';
import type { ServerDifferences, UpstreamSet } from '../upstream/upstream-set.js';
import type { UpstreamOptions } from '../upstream/upstream-options.js';
import { type BlockedServer, ServerRegistration } from './server-registration.js';

type Servers = Readonly<Record<string, UpstreamOptions>>;

/** What came of another set of servers. */
export interface ServerChanges extends ServerDifferences {
  /** Those that plugins left as they were, and why. */
  readonly blocked: readonly BlockedServer[];
}

/** What a `ServerRegistry` takes. */
export interface ServerRegistryOptions {
  readonly upstreams: UpstreamSet;
  readonly manager: HookHost;
  readonly logger: Logger;
  /** Called when other servers are in effect, before plugins are told. */
  readonly onChange: (changes: ServerDifferences) => void;
}

/** Changes the servers of a gateway, as far as plugins let it; one change after the other. */
export class ServerRegistry {
  /** Servers of the last change that plugins left as they were. */
  blocked: readonly BlockedServer[] = [];
  private readonly options: ServerRegistryOptions;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: ServerRegistryOptions) {
    this.options = options;
  }

  /** Serves these servers from now on. Rejects when one of them cannot be made; then all stay as they were. */
  change(servers: Servers): Promise<ServerChanges> {
    const change = this.last.then(() => this.apply(servers));
    this.last = change.catch(() => {});
    return change;
  }

  private async apply(servers: Servers): Promise<ServerChanges> {
    const registrations = this.registrationsOf(servers);
    for (const registration of registrations) await registration.ask();
    let problem: string | undefined;
    try {
      return this.take(servers, registrations);
    } catch (error) {
      problem = describeError(error);
      throw error;
    } finally {
      for (const registration of registrations) await registration.tell(problem);
    }
  }

  private take(servers: Servers, registrations: readonly ServerRegistration[]): ServerChanges {
    const { upstreams, onChange } = this.options;
    this.blocked = registrations.flatMap(({ blocked }) => blocked ?? []);
    const changes = upstreams.replace(servers, {
      kept: new Set(this.blocked.map(({ server }) => server)),
      changed: new Map(
        registrations.flatMap(({ name, changed }) => (changed === undefined ? [] : [[name, changed]])),
      ),
    });
    onChange(changes);
    return { ...changes, blocked: this.blocked };
  }

  /** What happens to each server on whose hooks plugins are. */
  private registrationsOf(servers: Servers): readonly ServerRegistration[] {
    const { upstreams, manager, logger } = this.options;
    const { added, changed, removed } = upstreams.compare(servers);
    const registrations = (operation: ServerOperation, names: readonly string[]): ServerRegistration[] => {
      const { pre, post } = registrationHooks[operation];
      if (manager.initialized && !manager.hasHook(pre) && !manager.hasHook(post)) return [];
      return names.flatMap((name) => {
        const options = operation === 'delete' ? upstreams.optionsOf(name) : servers[name];
        return options === undefined
          ? []
          : new ServerRegistration({ manager, logger, operation, name, options });
      });
    };
    return [
      ...registrations('register', added),
      ...registrations('update', changed),
      ...registrations('delete', removed),
    ];
  }
}
