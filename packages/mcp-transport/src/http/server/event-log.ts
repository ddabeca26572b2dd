/** One event of a stream: its place in it and its text. */
interface LoggedEvent {
  readonly stream: number;
  readonly sequence: number;
  readonly text: string;
}

/** Bounds of an `EventLog`. */
export interface EventLogLimits {
  readonly maxEvents: number;
  readonly maxCharacters: number;
}

/**
 * The last events of one session, for clients that lost a stream and come back with `Last-Event-ID`. An id is only known in
 * the session that gave it out.
 */
export class EventLog {
  private readonly limits: EventLogLimits;
  private events: LoggedEvent[] = [];
  private first = 0;
  private characters = 0;

  constructor(limits: EventLogLimits) {
    this.limits = limits;
  }

  add(stream: number, sequence: number, text: string): void {
    this.events.push({ stream, sequence, text });
    this.characters += text.length;
    while (
      this.events.length - this.first > this.limits.maxEvents ||
      this.characters > this.limits.maxCharacters
    ) {
      this.characters -= this.events[this.first]?.text.length ?? 0;
      this.first++;
    }
    if (this.first > this.limits.maxEvents) {
      this.events = this.events.slice(this.first);
      this.first = 0;
    }
  }

  /** Events of a stream after one of them, in order. */
  after(stream: number, sequence: number): readonly { readonly sequence: number; readonly text: string }[] {
    return this.events
      .slice(this.first)
      .filter((event) => event.stream === stream && event.sequence > sequence);
  }
}

/** Id of an event on the wire. */
export function formatEventId(stream: number, sequence: number): string {
  return `${stream}_${sequence}`;
}

/** Reads an id of an event; undefined when it is none. */
export function parseEventId(id: string): { readonly stream: number; readonly sequence: number } | undefined {
  const match = /^(\d{1,15})_(\d{1,15})$/.exec(id);
  return match === null ? undefined : { stream: Number(match[1]), sequence: Number(match[2]) };
}
