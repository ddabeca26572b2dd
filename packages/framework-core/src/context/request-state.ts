/** A write of shared state that waits for its handler's result, with those before it. `undefined` deletes. */
export interface StateWrite {
  readonly key: string;
  readonly value: unknown;
  readonly earlier: StateWrite | undefined;
}

/** The latest write of a key among some, if there is one. */
export function findWrite(last: StateWrite | undefined, key: string): StateWrite | undefined {
  let write = last;
  while (write !== undefined && write.key !== key) write = write.earlier;
  return write;
}

/** Writes, first to last. */
export function writesInOrder(last: StateWrite | undefined): readonly StateWrite[] {
  const writes: StateWrite[] = [];
  for (let write = last; write !== undefined; write = write.earlier) writes.push(write);
  return writes.reverse();
}

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
  commit(last: StateWrite): void {
    if (this.shared === undefined || this.sharedIsSeen || this.alwaysCopies) {
      this.shared = new Map(this.shared);
      this.sharedIsSeen = false;
    }
    if (last.earlier === undefined) this.apply(this.shared, last);
    else for (const write of writesInOrder(last)) this.apply(this.shared, write);
  }

  private apply(shared: Map<string, unknown>, { key, value }: StateWrite): void {
    if (value === undefined) shared.delete(key);
    else shared.set(key, value);
  }
}
