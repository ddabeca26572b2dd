/** State of one request: shared by all plugins, and private to each. Maps are made on first use. */
export class RequestState {
  /** Shared state. Replaced, not changed, while `sharedIsSeen`. */
  shared: Map<string, unknown> | undefined;
  /** A handler that is still running holds the present map: the next commit copies it. */
  sharedIsSeen = false;
  /** Several hook calls run at once, so that some handler always holds the present map. */
  alwaysCopies = false;
  private locals: Map<object, Map<string, unknown>> | undefined;

  /** The private state of one plugin instance. */
  localOf(plugin: object): Map<string, unknown> {
    this.locals ??= new Map();
    let local = this.locals.get(plugin);
    if (local === undefined) this.locals.set(plugin, (local = new Map()));
    return local;
  }

  /** Applies a handler's writes, key by key; `undefined` deletes. */
  commit(writes: ReadonlyMap<string, unknown>): void {
    if (this.shared === undefined || this.sharedIsSeen || this.alwaysCopies) {
      this.shared = new Map(this.shared);
      this.sharedIsSeen = false;
    }
    for (const [key, value] of writes) {
      if (value === undefined) this.shared.delete(key);
      else this.shared.set(key, value);
    }
  }
}
