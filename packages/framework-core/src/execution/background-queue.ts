/** A bounded queue of work that runs after an outcome. What does not fit is dropped and told. */
export class BackgroundQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  #idle: (() => void)[] = [];

  constructor(maxRunning = 10, maxWaiting = 1000) {
    this.#maxRunning = maxRunning;
    this.#maxWaiting = maxWaiting;
  }

  /** Takes work that never rejects. Returns false, and does not take it, when the queue is full. */
  add(work: () => Promise<void>): boolean {
    if (this.#waiting.length >= this.#maxWaiting) return false;
    this.#waiting.push(work);
    if (this.#running < this.#maxRunning) {
      this.#running++;
      queueMicrotask(() => void this.#drain());
    }
    return true;
  }

  /** Resolves when nothing runs or waits. */
  async whenIdle(): Promise<void> {
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #drain(): Promise<void> {
    for (let work = this.#waiting.shift(); work !== undefined; work = this.#waiting.shift()) await work();
    this.#running--;
    if (this.#running > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}
