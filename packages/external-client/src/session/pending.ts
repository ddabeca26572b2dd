import type { CancelListener, CancelSignal } from '@mcpplugins/framework-core/wire';
import type { MessageBody } from '@mcpplugins/mcp-transport';

/** A request that waits for its answer. It is its own listener for the end of the wish for one. */
export class Pending implements CancelListener {
  readonly id: number;
  signal: CancelSignal | undefined;
  resolve: (result: MessageBody) => void;
  reject: (error: Error) => void;
  private readonly giveUp: (pending: Pending) => void;

  constructor(
    { id, signal }: { readonly id: number; readonly signal: CancelSignal | undefined },
    resolve: (result: MessageBody) => void,
    reject: (error: Error) => void,
    giveUp: (pending: Pending) => void,
  ) {
    this.id = id;
    this.signal = signal;
    this.resolve = resolve;
    this.reject = reject;
    this.giveUp = giveUp;
  }

  handleEvent(): void {
    this.giveUp(this);
  }

  /** Lets go of what it refers to: a map leaves its former tables, with all that was in them, to slow garbage collection. */
  release(): void {
    this.signal?.removeEventListener('abort', this);
    this.signal = undefined;
    this.resolve = ignore;
    this.reject = ignore;
  }
}

function ignore(): void {}
