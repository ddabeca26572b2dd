/** A map that forgets its oldest entry when it would grow beyond its bound. */
export class BoundedMap<Key, Value> {
  private readonly entries = new Map<Key, Value>();
  private readonly maxEntries: number;
  private readonly onForget: (value: Value) => void;

  constructor(maxEntries: number, onForget: (value: Value) => void = () => {}) {
    this.maxEntries = maxEntries;
    this.onForget = onForget;
  }

  get(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  has(key: Key): boolean {
    return this.entries.has(key);
  }

  set(key: Key, value: Value): void {
    this.delete(key);
    if (this.entries.size >= this.maxEntries) {
      const oldest = this.entries.keys().next();
      if (oldest.done !== true) this.delete(oldest.value);
    }
    this.entries.set(key, value);
  }

  delete(key: Key): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.onForget(value);
  }

  clear(): void {
    for (const key of this.entries.keys()) this.delete(key);
  }
}
