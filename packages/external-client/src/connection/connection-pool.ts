import type { ServerSpec } from '../spec/server-spec.js';
import { SupervisedConnection, type SupervisedConnectionOptions } from './supervised-connection.js';

/** The right to use a connection until it is given back. */
export interface ConnectionLease {
  readonly connection: SupervisedConnection;
  /**
   * Gives it back. Resolves once the server is gone, when nobody else uses it. `lingering`: it is kept a little for whoever
   * comes next.
   */
  release(options?: { readonly lingering: boolean }): Promise<void>;
}

interface Entry {
  readonly connection: SupervisedConnection;
  users: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/** Connections by what they lead to: plugins on one server share one. */
export class ConnectionPool {
  private readonly options: SupervisedConnectionOptions;
  private readonly entries = new Map<string, Entry>();

  constructor(options: SupervisedConnectionOptions) {
    this.options = options;
  }

  acquire(spec: ServerSpec): ConnectionLease {
    const key = JSON.stringify(spec);
    const entry = this.entries.get(key) ?? this.add(key, spec);
    clearTimeout(entry.idleTimer);
    entry.users++;
    let isReleased = false;
    return {
      connection: entry.connection,
      release: async ({ lingering } = { lingering: false }) => {
        if (isReleased) return;
        isReleased = true;
        entry.users--;
        if (entry.users > 0) return;
        if (!lingering) await this.remove(key, entry);
        else entry.idleTimer = setTimeout(() => void this.remove(key, entry), this.options.idleMs).unref();
      },
    };
  }

  private add(key: string, spec: ServerSpec): Entry {
    const connection = new SupervisedConnection(spec, this.options);
    const entry: Entry = { connection, users: 0, idleTimer: undefined };
    this.entries.set(key, entry);
    return entry;
  }

  private async remove(key: string, entry: Entry): Promise<void> {
    if (this.entries.get(key) === entry) this.entries.delete(key);
    await entry.connection.close();
  }
}
