/** Longer than any limit: about 12 days. A small integer, which costs no allocation where a fraction or Infinity would. */
export const noLimitMs = 0x3fff_ffff;

/** Something with a deadline: a node of the ticker's list. */
export abstract class Deadline {
  /** Whole milliseconds left until `onDeadline`. */
  remainingMs = noLimitMs;
  /** Armed since the last tick: that tick's time does not count, so that no deadline comes early. */
  isFresh = true;
  before: Deadline | undefined = undefined;
  after: Deadline | undefined = undefined;
  isListed = false;

  /** Gives the node `ms` whole milliseconds from now. */
  arm(ms: number): void {
    this.remainingMs = ms;
    this.isFresh = true;
  }

  abstract onDeadline(): void;
}

/** Milliseconds between ticks: a deadline is at most two of them late, and never early. */
const tickMs = 20;

/**
 * One coarse timer for every deadline of a manager, in place of a timer a call. It runs only while somebody waits and
 * stops itself at the first tick without anybody.
 */
export class Ticker {
  #first: Deadline | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastTickAt = 0;

  add(node: Deadline): void {
    node.after = this.#first;
    node.before = undefined;
    node.isListed = true;
    if (this.#first !== undefined) this.#first.before = node;
    this.#first = node;
    if (this.#timer === undefined) this.#start();
  }

  remove(node: Deadline): void {
    if (!node.isListed) return;
    if (node.before === undefined) this.#first = node.after;
    else node.before.after = node.after;
    if (node.after !== undefined) node.after.before = node.before;
    node.isListed = false;
    node.before = undefined;
    node.after = undefined;
  }

  /** Every node that waits, as an array: they may leave while it is read. */
  nodes(): Deadline[] {
    const nodes: Deadline[] = [];
    for (let node = this.#first; node !== undefined; node = node.after) nodes.push(node);
    return nodes;
  }

  /** Whether the timer runs. */
  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  #start(): void {
    this.#lastTickAt = wholeMs();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  #tick(): void {
    if (this.#first === undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = wholeMs();
    const elapsed = now - this.#lastTickAt;
    this.#lastTickAt = now;
    let due: Deadline[] | undefined;
    for (let node: Deadline | undefined = this.#first; node !== undefined; node = node.after) {
      if (node.isFresh) node.isFresh = false;
      else node.remainingMs -= elapsed;
      if (node.remainingMs <= 0) (due ??= []).push(node);
    }
    for (const node of due ?? []) if (node.isListed && node.remainingMs <= 0) node.onDeadline();
  }
}

function wholeMs(): number {
  return Math.floor(performance.now());
}
