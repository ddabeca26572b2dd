import type { Logger } from '@mcpplugins/framework-core';
import { createUpstream, type Upstream, type UpstreamContext } from './create-upstream.js';
import { type HealthObserver, UpstreamHealth, type UpstreamStatus } from './upstream-health.js';
import type { UpstreamOptions } from './upstream-options.js';

/** What came of another set of servers, by name. */
export interface ServerChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** New sessions meet them as they are now, sessions that are open as they were. */
  readonly changed: readonly string[];
}

interface Entry {
  readonly upstream: Upstream & { readonly health: UpstreamHealth };
  /** What it was made from. */
  readonly options: string;
}

/** The servers of a gateway, which may change while it runs. */
export class UpstreamSet {
  private readonly context: UpstreamContext;
  private readonly logger: Logger;
  private entries: ReadonlyMap<string, Entry> = new Map();
  /** Those that no longer count and that open sessions may still use. */
  private readonly retired: Upstream[] = [];

  constructor(context: UpstreamContext, logger: Logger) {
    this.context = context;
    this.logger = logger;
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** In the order in which they were named. */
  get all(): readonly Upstream[] {
    return [...this.entries.values()].map(({ upstream }) => upstream);
  }

  /** How each is, by name. */
  get statuses(): Readonly<Record<string, UpstreamStatus>> {
    return Object.fromEntries(
      [...this.entries].map(([name, { upstream }]) => [name, upstream.health.status]),
    );
  }

  get(name: string): Upstream | undefined {
    return this.entries.get(name)?.upstream;
  }

  replace(servers: Readonly<Record<string, UpstreamOptions>>): ServerChanges {
    const before = this.entries;
    const changed: string[] = [];
    const after = new Map<string, Entry>();
    for (const [name, server] of Object.entries(servers)) {
      const options = JSON.stringify(server);
      const known = before.get(name);
      if (known?.options === options) {
        after.set(name, known);
        continue;
      }
      if (known !== undefined) changed.push(name);
      const health = new UpstreamHealth(logHealth(name, this.logger));
      const { idleTimeoutMs, ...place } = server;
      const upstream = { ...createUpstream(name, place, this.context), health, idleTimeoutMs };
      after.set(name, { upstream, options });
    }
    for (const [name, { upstream }] of before)
      if (after.get(name)?.upstream !== upstream) this.retired.push(upstream);
    this.entries = after;
    return {
      added: [...after.keys()].filter((name) => !before.has(name)),
      removed: [...before.keys()].filter((name) => !after.has(name)),
      changed,
    };
  }

  close(): void {
    for (const upstream of [...this.all, ...this.retired]) upstream.close();
  }
}

/** One line for each change. */
function logHealth(name: string, logger: Logger): HealthObserver {
  return ({ state, lastError }) => {
    if (state === 'ready') logger.info(`server "${name}" is ready`);
    else if (state === 'degraded') logger.warn(`server "${name}" is degraded`, { ...lastError });
    else logger.error(`server "${name}" has failed several times in a row`, { ...lastError });
  };
}
