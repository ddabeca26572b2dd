import type { Logger } from '@mcpplugins/framework-core';
import { createUpstream, type Upstream, type UpstreamContext } from './create-upstream.js';
import { type HealthObserver, UpstreamHealth, type UpstreamStatus } from './upstream-health.js';
import type { UpstreamOptions } from './upstream-options.js';

/** What is other in another set of servers, by name. */
export interface ServerDifferences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** New sessions meet them as they are now, sessions that are open as they were. */
  readonly changed: readonly string[];
}

/** What of another set of servers is not to be as it says. */
export interface ServerExceptions {
  /** Servers that stay as they are, or are not there. */
  readonly kept: ReadonlySet<string>;
  /** Servers that are made from other options. */
  readonly changed: ReadonlyMap<string, UpstreamOptions>;
}

interface Entry {
  readonly upstream: Upstream & { readonly health: UpstreamHealth };
  /** What it was made from. */
  readonly options: UpstreamOptions;
  /** What the set said of it. */
  readonly source: string;
}

const noExceptions: ServerExceptions = { kept: new Set(), changed: new Map() };

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

  /** What a server is made from. */
  optionsOf(name: string): UpstreamOptions | undefined {
    return this.entries.get(name)?.options;
  }

  /** What is other in these servers. */
  compare(servers: Readonly<Record<string, UpstreamOptions>>): ServerDifferences {
    const names = Object.keys(servers);
    return {
      added: names.filter((name) => !this.entries.has(name)),
      removed: this.names.filter((name) => !Object.hasOwn(servers, name)),
      changed: names.filter((name) => {
        const known = this.entries.get(name);
        return known !== undefined && known.source !== JSON.stringify(servers[name]);
      }),
    };
  }

  /** Takes these servers, but for the exceptions, and says what is other now. */
  replace(
    servers: Readonly<Record<string, UpstreamOptions>>,
    { kept, changed }: ServerExceptions = noExceptions,
  ): ServerDifferences {
    const before = this.entries;
    const differences = this.compare(servers);
    const isNew = new Set([...differences.added, ...differences.changed]);
    const after = new Map<string, Entry>();
    for (const [name, server] of Object.entries(servers)) {
      const known = before.get(name);
      if (isNew.has(name) && !kept.has(name)) {
        const options = changed.get(name) ?? server;
        const upstream = this.create(name, options);
        after.set(name, { upstream, options, source: JSON.stringify(server) });
      } else if (known !== undefined) {
        after.set(name, known);
      }
    }
    for (const [name, known] of before) if (kept.has(name) && !after.has(name)) after.set(name, known);
    for (const [name, { upstream }] of before)
      if (after.get(name)?.upstream !== upstream) this.retired.push(upstream);
    this.entries = after;
    const took = (names: readonly string[]): readonly string[] => names.filter((name) => !kept.has(name));
    const { added, removed, changed: updated } = differences;
    return { added: took(added), removed: took(removed), changed: took(updated) };
  }

  private create(name: string, options: UpstreamOptions): Entry['upstream'] {
    const { idleTimeoutMs, ...place } = options;
    const health = new UpstreamHealth(logHealth(name, this.logger));
    return { ...createUpstream(name, place, this.context), health, idleTimeoutMs };
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
