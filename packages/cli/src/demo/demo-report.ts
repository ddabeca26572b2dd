/** One line of the file that `run --decisions` writes. */
export interface DecisionLine {
  readonly request: string;
  readonly hook: string;
  readonly plugin: string;
  readonly mode: string;
  readonly status: string;
  readonly verdict?: string;
  readonly code?: string;
  readonly changed_paths: readonly string[];
  readonly duration_ms: number;
}

/** What one call came back with. */
export interface CallAnswer {
  /** The text that the client sees, or the part of it that the demo is about. */
  readonly text: string;
  readonly isError: boolean;
  /** `_meta["mcpplugins.dev/violation"]` of the result, if it has one. */
  readonly violation: unknown;
  /** Whether the whole result holds a text. What else is in it, as an environment, stays out of the report. */
  holds(text: string): boolean;
}

/** One call of the demo, without and with the guard. */
export interface DemoCallReport {
  readonly title: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly expected: 'masked' | 'blocked';
  readonly before: CallAnswer;
  readonly after: CallAnswer;
  readonly decisions: readonly DecisionLine[];
  /** Whether the guard really did what it had to do. */
  readonly isGuarded: boolean;
}

/** Everything that the demo found out. */
export interface DemoReport {
  /** npm name and version of the server. */
  readonly server: string;
  /** Absolute path of the configuration. */
  readonly config: string;
  readonly toolCount: number;
  /** Whether the guard lists exactly the tools of the server. */
  readonly hasSameTools: boolean;
  readonly calls: readonly DemoCallReport[];
  readonly isGuarded: boolean;
}
