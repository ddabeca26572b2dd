/** Is told, once, that something is no longer wanted. */
export interface CancelListener {
  handleEvent(): void;
}

/** Says whether something is still wanted, and tells when it no longer is. An `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** What it was ended with. */
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: CancelListener): void;
  removeEventListener(type: 'abort', listener: CancelListener): void;
}

/** An `AbortController` that costs next to nothing until somebody asks for the `AbortSignal`: most calls nobody does. */
export class Cancellation implements CancelSignal {
  aborted = false;
  reason: unknown = undefined;
  private listeners: readonly CancelListener[] = noListeners;
  private controller: AbortController | undefined = undefined;

  /** The same as an `AbortSignal`. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.aborted) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  addEventListener(_type: 'abort', listener: CancelListener): void {
    this.listeners = [...this.listeners, listener];
  }

  removeEventListener(_type: 'abort', listener: CancelListener): void {
    this.listeners =
      this.listeners.length === 1 && this.listeners[0] === listener
        ? noListeners
        : this.listeners.filter((other) => other !== listener);
  }

  /** Ends it. Only the first call counts. */
  abort(reason?: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const { listeners } = this;
    this.listeners = noListeners;
    this.controller?.abort(reason);
    for (const listener of listeners) listener.handleEvent();
  }
}

const noListeners: readonly CancelListener[] = Object.freeze([]);
